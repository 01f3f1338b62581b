//! temporary
use diary_query::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let engine = LocalEngine::open(std::path::Path::new(&format!("/tmp/w/x/{}/.diary-index", args[1])), false).unwrap();
    for q in &args[2..] {
        let explain = q.starts_with('!');
        let window = Window { limit: 3, explain, ..Window::default() };
        let t = std::time::Instant::now();
        let a = search(&engine, &Request { text: q.trim_start_matches('!').to_owned(), window, ..Request::default() }).unwrap();
        println!("=== {q}  total {} partial {} {:?}", a.page.total, a.page.partial_total, t.elapsed());
        for d in &a.diagnostics { println!("  ! {}", d.message); }
        for h in &a.page.hits {
            println!("  [{}] {:.2} missing {:?} more {}", h.id, h.score, h.missing, h.more_places);
            for p in &h.passages {
                let mut s = String::new(); let mut at = 0;
                for m in &p.marks { s.push_str(&p.text[at..m.start]); s.push('«'); s.push_str(&p.text[m.start..m.end]); s.push('»'); at = m.end; }
                s.push_str(&p.text[at..]);
                println!("     {}{}{} ({})", if p.cut_before {"…"} else {""}, s.replace('\n', "⏎"), if p.cut_after {"…"} else {""}, p.text.chars().count());
            }
            if let Some(e) = &h.explanation { for l in e.lines() { println!("        > {l}"); } }
        }
    }
}
