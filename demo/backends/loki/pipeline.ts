/** Turns the stages after a selector into functions over a line. */
import type { SyntaxNode } from "@lezer/common";
import { notSupported } from "../demo-server";
import { labelFilterOf } from "./label-filter";
import { matcherOf } from "./label-matcher";
import { lineFilterOf } from "./line-filter";
import { lineParserOf } from "./line-parser";
import type { LineState } from "./line-state";
import { childrenOf, type LogqlTree, listOf, stringOf, textOf } from "./logql-tree";

/** False drops the line. */
export type Stage = (state: LineState) => boolean;

export interface Pipeline {
  /** Line filters that stand before anything that could change the line: run on the raw text, before any allocation. */
  readonly rawFilters: readonly ((line: string) => boolean)[];
  readonly stages: readonly Stage[];
}

const EVERY_LINE: Pipeline = { rawFilters: [], stages: [] };

/** `holder` is the node with an optional `PipelineExpr` child. Refuses with 501 what the demo does not imitate. */
export function pipelineOf(tree: LogqlTree, holder: SyntaxNode): Pipeline {
  const expression = holder.getChild("PipelineExpr");
  if (expression === null) return EVERY_LINE;
  const nodes = listOf(expression, "PipelineStage", ["PipelineExpr"]);
  const rawFilters: ((line: string) => boolean)[] = [];
  const stages: Stage[] = [];
  let lineIsRaw = true;
  for (const node of nodes) {
    const filters = node.getChild("LineFilters");
    if (filters === null) {
      const kind = node.lastChild;
      if (kind === null) continue;
      // Every other stage either changes the line or needs labels; a later filter may still run first if the line is untouched.
      if (CHANGES_LINE.has(kind.name)) lineIsRaw = false;
      stages.push(stageOf(tree, kind));
      continue;
    }
    for (const filter of listOf(filters, "LineFilter", ["LineFilters"])) {
      const test = lineFilterOf(tree, filter);
      if (lineIsRaw) rawFilters.push(test);
      else stages.push((state) => test(state.line));
    }
  }
  return { rawFilters, stages };
}

const CHANGES_LINE = new Set(["LineFormatExpr", "DecolorizeExpr", "LabelParser"]);

export function passes(pipeline: Pipeline, state: LineState): boolean {
  return pipeline.stages.every((stage) => stage(state));
}

function stageOf(tree: LogqlTree, node: SyntaxNode): Stage {
  switch (node.name) {
    case "LabelFilter":
      return labelFilterOf(tree, node);
    case "LabelParser":
    case "JsonExpressionParser":
    case "LogfmtParser":
    case "LogfmtExpressionParser":
      return lineParserOf(tree, node);
    case "KeepLabelsExpr":
      return keepOf(tree, node);
    case "DropLabelsExpr":
      return dropOf(tree, node);
    case "LineFormatExpr":
      return lineFormatOf(stringOf(tree, node));
    case "LabelFormatExpr":
      return labelFormatOf(tree, node);
    case "DecolorizeExpr":
      return decolorize;
    default:
      throw notSupported(`the stage ${node.name}`);
  }
}

type LabelTest = (name: string, value: string) => boolean;

function labelTests(tree: LogqlTree, node: SyntaxNode, list: string, item: string): LabelTest {
  const tests = listOf(node, item, [list]).map((label): LabelTest => {
    const matcherNode = label.getChild("Matcher");
    if (matcherNode === null) {
      const wanted = textOf(tree, label);
      return (name) => name === wanted;
    }
    const matcher = matcherOf(tree, matcherNode);
    return (name, value) => name === matcher.name && matcher.matches(value);
  });
  return (name, value) => tests.some((test) => test(name, value));
}

function keepOf(tree: LogqlTree, node: SyntaxNode): Stage {
  const kept = labelTests(tree, node, "KeepLabels", "KeepLabel");
  return (state) => {
    state.remove((name, value) => !kept(name, value) && !name.startsWith("__error"));
    return true;
  };
}

function dropOf(tree: LogqlTree, node: SyntaxNode): Stage {
  const dropped = labelTests(tree, node, "DropLabels", "DropLabel");
  return (state) => {
    state.remove(dropped);
    return true;
  };
}

/** Only `{{.name}}` is imitated; functions and conditions of Go templates are refused. */
function templateOf(template: string): (state: LineState) => string {
  const parts = template.split(/(\{\{.*?\}\})/su);
  const writers = parts.map((part): ((state: LineState) => string) => {
    if (!part.startsWith("{{")) return () => part;
    const name = /^\{\{-?\s*\.([A-Za-z_][A-Za-z0-9_]*)\s*-?\}\}$/u.exec(part)?.[1];
    if (name === undefined) throw notSupported("template functions");
    return (state) => state.get(name);
  });
  return (state) => writers.map((write) => write(state)).join("");
}

function lineFormatOf(template: string): Stage {
  const write = templateOf(template);
  return (state) => {
    state.line = write(state);
    return true;
  };
}

function labelFormatOf(tree: LogqlTree, node: SyntaxNode): Stage {
  const writers = listOf(node, "LabelFormatMatcher", ["LabelsFormat"]).map((item) => {
    const [target, , source] = childrenOf(item);
    const name = textOf(tree, target ?? null);
    if (source?.name === "String") {
      const write = templateOf(stringOf(tree, source));
      return (state: LineState) => {
        state.set(name, write(state));
      };
    }
    const from = textOf(tree, source ?? null);
    return (state: LineState) => {
      const value = state.get(from);
      state.remove((other) => other === from);
      state.set(name, value);
    };
  });
  return (state) => {
    for (const write of writers) write(state);
    return true;
  };
}

function decolorize(state: LineState): boolean {
  state.line = state.line.replace(/\x1b\[[0-9;]*m/gu, "");
  return true;
}
