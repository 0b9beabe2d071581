use std::io;
pub struct A<'a> { x: &'a str }
impl<'a> A<'a> {
    pub fn new(x: &'a str) -> Self { A { x } }
}
fn main() { let c = 'x'; std::fs::read("a").unwrap(); }
