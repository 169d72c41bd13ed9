//! The tables of GB18030 and Big5, unpacked from what `build.rs` wrote when they are first asked for.

use std::sync::LazyLock;

/// GB18030's pairs by lead and trail; every place is taken.
pub static GBK: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let packed = characters(include_bytes!(concat!(env!("OUT_DIR"), "/gbk")));
    let mut table = vec![0; LEADS * GBK_TRAILS];
    // Those of GB 2312 come first.
    let (early, late): (Vec<usize>, Vec<usize>) = (0..table.len()).partition(|place| {
        let (lead, trail) = (place / GBK_TRAILS, place % GBK_TRAILS);
        (0xb0 - 0x81..=0xf7 - 0x81).contains(&lead) && trail >= GBK_TRAILS - 94
    });
    for (place, point) in early.into_iter().chain(late).zip(packed) {
        table[place] = point as u16;
    }
    table
});

/// Big5's pairs by lead and trail, with the extension for Hong Kong; 0 where there is none.
pub static BIG5: LazyLock<Vec<u32>> =
    LazyLock::new(|| characters(include_bytes!(concat!(env!("OUT_DIR"), "/big5"))));

/// Runs of GB18030's characters of four bytes: the place of the first, and its code point.
pub static RANGES: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
    let mut packed = include_bytes!(concat!(env!("OUT_DIR"), "/gb18030-ranges")).as_slice();
    let mut ranges = vec![(0, 0)];
    let (mut place, mut point) = (0, 0);
    while !packed.is_empty() {
        let run = number(&mut packed);
        place += run;
        point = signed(point + run, number(&mut packed));
        ranges.push((place, point));
    }
    ranges
});

const LEADS: usize = 126;
pub const GBK_TRAILS: usize = 190;
pub const BIG5_TRAILS: usize = 157;

fn characters(mut packed: &[u8]) -> Vec<u32> {
    let mut points = Vec::with_capacity(LEADS * GBK_TRAILS);
    let mut taken = vec![false; 0x3_0000];
    let mut next = 0x4e00;
    while !packed.is_empty() {
        let n = number(&mut packed);
        if n == 0 {
            points.push(0);
            continue;
        }
        while taken[next as usize] {
            next += 1;
        }
        let point = signed(next, n - 1);
        points.push(point);
        taken[point as usize] = true;
        next = point + 1;
    }
    points
}

/// `from` moved by a distance whose lowest bit is its sign.
fn signed(from: u32, n: u32) -> u32 {
    if n & 1 == 0 { from + n / 2 } else { from - n.div_ceil(2) }
}

/// Seven bits a byte, the lowest first.
fn number(packed: &mut &[u8]) -> u32 {
    let mut n = 0;
    for shift in (0..32).step_by(7) {
        let Some((&byte, rest)) = packed.split_first() else { break };
        *packed = rest;
        n |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    n
}
