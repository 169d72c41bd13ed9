//! Pages that put several reports one after the other: `第一篇：…工作报告`, `篇二：…`.

use super::Line;

/// Between two reports stand at least so many characters.
const REPORT: usize = 300;

/// How many reports the lines say that they hold; 1 where they say nothing. Parts of one report are named without
/// a colon or without the word of a report.
pub fn reports(lines: &[Line]) -> usize {
    let (mut found, mut between) = (0, 0);
    for line in lines {
        let text: String = line.glyphs.iter().take(60).map(|g| g.c).collect();
        if number(&text) == Some(found + 1) && (found == 0 || between >= REPORT) {
            found += 1;
            between = 0;
        }
        between += line.glyphs.len();
    }
    found.max(1)
}

/// Which report's name the line is.
fn number(line: &str) -> Option<usize> {
    let line = line.trim();
    let (number, rest) = match line.strip_prefix('第') {
        Some(rest) => rest.split_once('篇')?,
        None => {
            let rest = line.strip_prefix('篇')?;
            rest.split_at(rest.find(['：', ':'])?)
        }
    };
    let name = rest.trim_start().strip_prefix(['：', ':'])?;
    ["报告", "总结", "公报"].iter().any(|word| name.contains(word)).then_some(())?;
    match number {
        "十" => Some(10),
        _ => match number.strip_prefix('十') {
            Some(one) => Some(10 + digit(one)?),
            None => digit(number),
        },
    }
}

fn digit(number: &str) -> Option<usize> {
    "一二三四五六七八九"
        .chars()
        .position(|c| number.chars().eq([c]))
        .map(|at| at + 1)
        .or_else(|| number.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::glyphs;

    fn count(text: &str) -> usize {
        let line = |line: &str| Line { glyphs: glyphs(line, 0, line.len()).collect(), ..Line::default() };
        reports(&text.lines().map(line).collect::<Vec<_>>())
    }

    #[test]
    fn numbered_reports_are_counted() {
        let body = "全年召开会议六次。".repeat(50);
        assert_eq!(count(&format!("第一篇：某区政协工作报告\n{body}\n第二篇：某县工作总结\n{body}\n")), 2);
        assert_eq!(
            count(&format!("篇1:某区工作报告\n{body}\n篇2:某县工作报告\n{body}\n篇3：某市工作报告")),
            3
        );
    }

    #[test]
    fn parts_of_a_report_are_not() {
        let body = "全年召开会议六次。".repeat(50);
        assert_eq!(count(&format!("第一篇 发展环境\n{body}\n第二篇 主要任务\n{body}\n")), 1);
        assert_eq!(count(&format!("第一篇：政府工作报告解读\n{body}\n一、工作\n")), 1);
        // A list of what follows.
        assert_eq!(count("第一篇：某区工作报告\n第二篇：某县工作报告\n"), 1);
    }
}
