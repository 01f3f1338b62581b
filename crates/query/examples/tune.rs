//! temporary
use diary_query::*;
use std::collections::BTreeMap;
#[path = "../../../tests/relevance/rivals.rs"]
#[allow(dead_code)]
mod rivals;
const DEPTH: usize = 10;
fn unq(s: &str) -> String {
    let s = s.trim();
    if let Some(s) = s.strip_prefix('\'') { return s.trim_end_matches('\'').to_owned(); }
    let s = &s[1..s.len() - 1];
    s.replace("\\\"", "\"").replace("\\\\", "\\")
}
fn gain(g: impl Iterator<Item = u32>) -> f64 {
    g.take(10).enumerate().map(|(p, g)| (2f64.powi(g as i32) - 1.0) / (p as f64 + 2.0).log2()).sum()
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let sets: Vec<&str> = args[2].split(';').collect();
    let verbose = args.get(3).map(String::as_str) == Some("v");
    let rival = args.get(3).map(String::as_str) == Some("r") || verbose;
    let kinds = args.get(3).map(String::as_str) == Some("k");
    let mut files: Vec<_> = std::fs::read_dir(&args[1]).unwrap().map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    let mut grand: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    let mut bykind: BTreeMap<(String, usize), Vec<f64>> = BTreeMap::new();
    for f in files {
        let text = std::fs::read_to_string(&f).unwrap();
        let name = f.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut queries: Vec<(String, String, BTreeMap<String, u32>)> = vec![];
        for block in text.split("[[query]]").skip(1) {
            let get = |k: &str| block.lines().find_map(|l| l.strip_prefix(&format!("{k} = "))).unwrap().to_owned();
            let g = get("grades");
            let g = g.trim_matches(['{', '}', ' ']).split(", ").map(|p| { let (d, n) = p.split_once(" = ").unwrap(); (d.trim_matches('"').to_owned(), n.parse().unwrap()) }).collect();
            queries.push((unq(&get("kind")), unq(&get("text")), g));
        }
        let mut engine = match LocalEngine::open(std::path::Path::new(&format!("/tmp/w/x/{name}/.diary-index")), false) { Ok(e) => e, Err(e) => { println!("{name} {e}"); continue } };
        let mut line = format!("{name:12} {:3}", queries.len());
        let mut mine: Vec<(f64, Vec<String>)> = vec![];
        for (si, set) in sets.iter().enumerate() {
            let w = set.split(',').filter_map(|p| p.split_once('=')).fold(Weights::default(), |a, (n, t)| a.with(n, t.parse().unwrap()).unwrap());
            engine = engine.with_weights(w);
            let (mut sum, mut half) = (0.0, [0.0, 0.0]);
            for (i, (k, q, g)) in queries.iter().enumerate() {
                let window = Window { limit: DEPTH, passages: 0, ..Window::default() };
                let a = search(&engine, &Request { text: q.clone(), window, ..Request::default() }).unwrap();
                let ids: Vec<String> = a.page.hits.iter().map(|h| h.id.as_str().split_once('/').unwrap().1.to_owned()).collect();
                let mut ideal: Vec<u32> = g.values().copied().collect();
                ideal.sort_by(|a, b| b.cmp(a));
                let n = gain(ids.iter().map(|d| g.get(d).copied().unwrap_or(0))) / gain(ideal.into_iter());
                sum += n; half[i % 2] += n;
                bykind.entry((k.clone(), si)).or_default().push(n);
                if si == 0 { mine.push((n, ids)); }
            }
            grand.entry(si).or_default().push(sum / queries.len() as f64);
            line.push_str(&format!("  {:.3}({:.3})", sum / queries.len() as f64, half[0] / queries.len().div_ceil(2) as f64));
        }
        if rival {
            let window = Window { limit: 10000, passages: 0, ..Window::default() };
            let a = search(&engine, &Request { window, ..Request::default() }).unwrap();
            let es: Vec<_> = a.page.hits.iter().map(|h| engine.entry(&h.id).unwrap().unwrap()).collect();
            let t = rivals::Tantivy::new(&es);
            let mut sum = 0.0;
            for ((k, q, g), (n, ids)) in queries.iter().zip(&mine) {
                let found = t.any(q);
                let mut ideal: Vec<u32> = g.values().copied().collect();
                ideal.sort_by(|a, b| b.cmp(a));
                let r = gain(found.iter().map(|d| g.get(d.split_once('/').unwrap().1).copied().unwrap_or(0))) / gain(ideal.into_iter());
                sum += r;
                if verbose { println!("{n:.3} {r:.3} {k} {q}\n     {:?}\n     {:?}", ids, found.iter().map(|d| d.split_once('/').unwrap().1).collect::<Vec<_>>()); }
            }
            line.push_str(&format!("   raw {:.3}", sum / queries.len() as f64));
        }
        println!("{line}");
    }
    print!("{:16}", "mean");
    for v in grand.values() { print!("  {:.3}       ", v.iter().sum::<f64>() / v.len() as f64); }
    println!();
    if kinds { for ((k, s), v) in bykind { println!("{k:10} {s} {:3} {:.3}", v.len(), v.iter().sum::<f64>() / v.len() as f64); } }
}
