declare module "*/indicators.tsv" {
  const list: { id: string; group: string; zh: string; en: string }[];
  export default list;
}
