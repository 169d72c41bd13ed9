import { describe, expect, it } from "vitest";
import { findQuantity, parseQuantity } from "../src/quantity.ts";

/** `[words, what stands before them]` with what they mean: value, max, unit, hedge, kind. */
const read = (words: string, before = "") => {
  const quantity = parseQuantity(words, before);
  return quantity && [quantity.value, quantity.max, quantity.unit, quantity.hedge, quantity.kind].join(" ");
};

describe("parseQuantity", () => {
  it.each([
    ["210家", "210  家 exact count"],
    ["800余万元", "8000000  元 over amount"],
    ["３，２００余万元", "32000000  元 over amount"],
    ["1,234,567元", "1234567  元 exact amount"],
    ["12.5%", "12.5  % exact share"],
    ["10千克", "10  千克 exact measure"],
    ["三千米", "3000  米 exact measure"],
    ["百分之九十八", "98  % exact share"],
    ["千分之三", "3  ‰ exact share"],
    ["四分之一", "25  % exact share"],
    ["七成半", "75  % exact share"],
    ["三成五", "35  % exact share"],
    ["3.2亿", "320000000   exact count"],
    ["1.37万亿斤", "1370000000000  斤 exact measure"],
    ["1亿3000万元", "130000000  元 exact amount"],
    ["三千二百一十五件", "3215  件 exact count"],
    ["十五次", "15  次 exact count"],
    ["三十余个", "30  个 over count"],
    ["二〇二", "202   exact count"],
    ["近百件", "100  件 under count"],
    ["超过万亿元", "1000000000000  元 over amount"],
    ["上千户", "1000  户 over count"],
    ["数亿人", "100000000 900000000 人 range count"],
    ["近70万平方米", "700000  平方米 under measure"],
    ["超过10.5亿千瓦", "1050000000  千瓦 over measure"],
    ["约1.5万亿美元", "1500000000000  美元 about amount"],
    ["5%左右", "5  % about share"],
    ["3000人以上", "3000  人 over count"],
    ["6个工作日以内", "6  个工作日 under duration"],
    ["3个百分点", "3  个百分点 exact change"],
    ["2.5倍", "2.5  倍 exact change"],
    ["-3.2%", "-3.2  % exact share"],
    ["80平米", "80  平方米 exact measure"],
    ["全省第二位", "2  名 exact rank"],
    ["第3名", "3  名 exact rank"],
    ["世界首位", "1  名 exact rank"],
    ["第十二", "12  名 exact rank"],
    ["5—6%", "5 6 % range share"],
    ["3至5万元", "30000 50000 元 range amount"],
    ["100万元至300万元", "1000000 3000000 元 range amount"],
    ["增长12.5%", "12.5  % exact change"],
    ["下降了3%", "-3  % exact change"],
  ])("reads %s", (words, meaning) => expect(read(words)).toBe(meaning));

  it("takes the verb before a number for its direction", () => {
    expect(read("8.1%", "生产总值增长")).toBe("8.1  % exact change");
    expect(read("9.1%", "浓度下降")).toBe("-9.1  % exact change");
    expect(read("4000亿元", "为企业减轻负担")).toBe("400000000000  元 exact amount");
  });

  it.each(["", "大连市", "件", "万象更新活动", "百日会战", "12件、15次", "走访企业210家", "2—1%"])(
    "does not take %j for a quantity",
    (words) => expect(parseQuantity(words)).toBeNull(),
  );
});

describe("findQuantity", () => {
  it("finds the quantity behind the words that name it", () => {
    expect(findQuantity("走访企业210家")).toMatchObject({ start: 4, quantity: { value: 210, unit: "家" } });
    expect(findQuantity("捐款捐物800余万元")).toMatchObject({ start: 4, quantity: { value: 8000000, hedge: "over" } });
    expect(findQuantity("总量超过1.5亿户")).toMatchObject({ start: 2, quantity: { value: 150000000, hedge: "over" } });
    expect(findQuantity("增长12.5%")).toMatchObject({ quantity: { value: 12.5, kind: "change" } });
  });

  it("finds none where there is none", () => {
    expect(findQuantity("凝心聚力促发展")).toBeNull();
    expect(findQuantity("一是坚持党的领导")).toBeNull();
  });
});
