// The core's comparison; goes when the core's own types are there.
import type { Hedge, MetricKind, Period, ReportKind, Status } from "gangmu";

export interface Comparison {
  schema: number;
  reports: CompareHead[];
  groups: IndicatorGroup[];
  sections: Topic[];
}
export interface CompareHead {
  index: number;
  name: string;
  title: string;
  place: string;
  kind: ReportKind;
  period: Period;
}
export interface IndicatorGroup {
  id: string;
  name: string;
  name_en: string;
  rows: IndicatorRow[];
}
export interface IndicatorRow {
  canonical: string | null;
  indicator: string;
  indicator_en: string;
  kind: MetricKind;
  growth: "plain" | "average" | "since" | null;
  among: string;
  unit: string;
  scale: { factor: number; unit: string };
  cells: Cell[];
}
export interface Cell {
  report: number;
  values: CellValue[];
}
export type When = "own" | "within" | "around" | "before" | "after" | "unknown";
export interface CellValue {
  metric: number;
  value: number;
  max: number | null;
  counter?: string;
  hedge: Hedge;
  period: Period;
  when: When;
  status: Status;
  confidence: number | null;
  part?: boolean;
  corrected?: boolean;
}
export interface Topic {
  title: string;
  depth: number;
  status: Status;
  cells: TopicCell[];
}
export interface TopicCell {
  report: number;
  sections: number[];
}
