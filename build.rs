//! How `diary-search` is linked, so that it starts at once.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    let is_static = target("FEATURE").split(',').any(|feature| feature == "crt-static");
    if target("OS") == "linux" && target("ENV") == "gnu" && !is_static {
        // At an address of its own choosing the program would first correct tens of thousands of pointers in its tables:
        // a third of the time that a short query takes. The server, which strangers talk to, stays as it is.
        println!("cargo::rustc-link-arg-bin=diary-search=-no-pie");
    }
}
