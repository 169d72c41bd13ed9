//! Characters that stand for others by their shape only, as fonts of fixed pages have them.
//!
//! Radicals in the place of characters are a matter of every format, and so of the cleaning room.

/// What U+F900 and those behind it are a second time, from the Unicode Character Database (Unicode licence).
const COMPATIBLE: &str = "\
    豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞擄櫓爐盧老蘆虜路露魯鷺碌\
    祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮\
    兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈\
    領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘\
    藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀﨎﨏塚﨑晴﨓﨔凞猪益礼神祥福靖精羽﨟蘒﨡諸﨣﨤逸都﨧﨨﨩飯飼\
    館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸\
    難響頻恵𤋮舘﩮﩯並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画\
    瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎";

/// What the character is without the shape that a font gave it.
pub fn plain(c: char) -> impl Iterator<Item = char> {
    let (one, more) = match c {
        '\u{fb00}' => ('f', "f"),
        '\u{fb01}' => ('f', "i"),
        '\u{fb02}' => ('f', "l"),
        '\u{fb03}' => ('f', "fi"),
        '\u{fb04}' => ('f', "fl"),
        '\u{f900}'..='\u{fad9}' => (COMPATIBLE.chars().nth(c as usize - 0xf900).unwrap_or(c), ""),
        // Marks turned for vertical writing.
        '\u{fe10}'..='\u{fe18}' => (nth("，、。：；！？〖〗", c as usize - 0xfe10), ""),
        '\u{fe30}'..='\u{fe44}' => (nth("…—–＿＿（）｛｝〔〕【】《》〈〉「」『』", c as usize - 0xfe30), ""),
        c => (c, ""),
    };
    std::iter::once(one).chain(more.chars())
}

fn nth(marks: &str, index: usize) -> char {
    marks.chars().nth(index).unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_become_characters_and_characters_stay() {
        let all: String = "\u{f98e}度\u{f97e}ﬁ﹃︵四".chars().flat_map(plain).collect();
        assert_eq!(all, "年度量fi『（四");
        assert_eq!(COMPATIBLE.chars().count(), 0xfada - 0xf900);
    }
}
