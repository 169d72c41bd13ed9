// A comparison made ready to pass from the worker to the page.
import type { CompareHead, Comparison, IndicatorGroup, IndicatorRow, Topic } from "gangmu";

/** Cells as JSON: between threads a string passes at once, a tree of objects does not. */
export interface Folded {
  /** The reports that have a cell, rising. */
  has: Uint32Array;
  /** Their cells, so many to a string. */
  cells: string[];
}
export const TOGETHER = 32;

export type FoldedRow = Omit<IndicatorRow, "cells"> & Folded;
export type FoldedTopic = Omit<Topic, "cells"> &
  Folded & {
    title_en?: string;
    /** Sections in the cell that has most of them. */
    most: number;
  };

/** A comparison on its way from the worker to the page. */
export interface FoldedComparison {
  reports: CompareHead[];
  groups: (Omit<IndicatorGroup, "rows"> & { rows: FoldedRow[] })[];
  sections: FoldedTopic[];
}

export function fold({ reports, groups, sections }: Comparison): FoldedComparison {
  const folded = <T extends { cells: { report: number }[] }>(line: T): Omit<T, "cells"> & Folded => ({
    ...line,
    has: Uint32Array.from(line.cells, ({ report }) => report),
    cells: Array.from({ length: Math.ceil(line.cells.length / TOGETHER) }, (_, i) =>
      JSON.stringify(line.cells.slice(i * TOGETHER, (i + 1) * TOGETHER)),
    ),
  });
  return {
    reports,
    groups: groups.map((group) => ({ ...group, rows: group.rows.map(folded) })),
    sections: sections.map((topic) => ({
      ...folded(topic),
      most: topic.cells.reduce((most, { sections }) => Math.max(most, sections.length), 1),
    })),
  };
}
