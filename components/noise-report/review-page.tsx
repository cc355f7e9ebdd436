"use client";

/** A month in two pages: five numbers, three sentences, decisions, charts, questions; in the margin how far to trust it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeDecision, reviewListQuery, reviewQuery } from "@/lib/client/review";
import { prepareLastMonth } from "@/lib/contract/noise-charts/prepare-last-month";
import { monthName } from "@/lib/contract/noise-charts/report-words";
import type { Figure, RuleLine } from "@/lib/contract/noise-report";
import type { ReviewView } from "@/lib/contract/review";
import { Asked } from "../ui/asked";
import { Failure } from "../ui/failure";
import { HowToAsk } from "../ui/how-to-ask";
import { CofiringPart } from "./cofiring-part";
import { DecisionDialog } from "./decision-dialog";
import { DecisionTable, type DecisionStep } from "./decision-table";
import { EndingTable } from "./ending-table";
import { EstimateTable } from "./estimate-table";
import { FigureRowsDialog, type OpenFigure } from "./figure-rows-dialog";
import { HeadNumbers } from "./head-numbers";
import { ImpactList } from "./impact-list";
import { ListedRows } from "./listed-rows";
import { MonthBar } from "./month-bar";
import { PolicyPart } from "./policy-part";
import { QualityList } from "./quality-list";
import { QuestionList } from "./question-list";
import { ReportCharts } from "./report-charts";
import { RestatementNote } from "./restatement-note";
import { RuleTable } from "./rule-table";
import { SignBox } from "./sign-box";
import { SummaryBox } from "./summary-box";

export function ReviewPage({ month }: { month: string }) {
  const review = useQuery(reviewQuery(month));
  const months = useQuery(reviewListQuery);
  return (
    <div className="mx-auto max-w-6xl px-4 py-5 print:max-w-none print:p-0">
      <MonthBar month={month} months={months.data?.months ?? []} state={review.data?.state} />
      <h1 className="mt-2 text-page font-strong">Alert review, {monthName(month)}</h1>
      <Asked
        query={review}
        name="The review"
        loading={<Skeleton />}
        denied={
          <div className="mt-2">
            <p>Reading the monthly review is hidden for your role.</p>
            <HowToAsk />
          </div>
        }
      >
        {(view) => <Review view={view} />}
      </Asked>
    </div>
  );
}

function Review({ view }: { view: ReviewView }) {
  const { month, report } = view;
  const [open, setOpen] = useState<OpenFigure | null>(null);
  const [deciding, setDeciding] = useState<RuleLine | null>(null);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: changeDecision,
    onSettled: () => queries.invalidateQueries({ queryKey: ["review"] }),
  });
  const onStep = view.mayDecide
    ? ({ id, version }: { id: string; version: number }, to: DecisionStep) => {
        change.mutate({ id, version, to });
      }
    : null;
  const onOpen = (figure: Figure, title: string, group = ""): void => {
    setOpen({ figure, title, group });
  };
  const listed = (kind: ReviewView["listed"][number]["kind"]) => view.listed.filter((one) => one.kind === kind);
  const lastMonth = prepareLastMonth(view);
  const decided = new Set(view.decisions.filter(({ state }) => state !== "dropped").map(({ rule }) => rule));
  return (
    <div className="mt-3 gap-8 xl:grid xl:grid-cols-[minmax(0,1fr)_220px] print:block">
      <div className="min-w-0 space-y-6">
        <RestatementNote restatement={view.restatement} />
        <HeadNumbers numbers={report.numbers} onOpen={onOpen} />
        {report.sentences.length > 0 && (
          <ul className="max-w-3xl list-disc space-y-1 pl-5">
            {report.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        <SummaryBox view={view} />
        <Part title="Decisions" count={view.decisions.length}>
          <Failure error={change.error} />
          <DecisionTable label="Decisions" decisions={view.decisions} none="Nothing was decided yet." onStep={onStep} />
        </Part>
        {view.carriedOver.length > 0 && (
          <Part title="Carried over" count={view.carriedOver.length}>
            <DecisionTable label="Carried over" decisions={view.carriedOver} none="" onStep={onStep} />
          </Part>
        )}
        <Part title="What last month's decisions brought" count={lastMonth.decisions.length}>
          <DecisionTable label="Last month" {...lastMonth} onStep={null} />
        </Part>
        <Part title="Rules by cost of noise" count={report.rules.length}>
          <RuleTable
            rules={report.rules}
            decided={decided}
            onOpen={onOpen}
            onDecide={view.mayDecide && view.state !== "signed" ? setDeciding : null}
          />
        </Part>
        <ReportCharts report={report} hidden={view.suppressed} rulesKnown={view.ruleSet !== null} />
        <Part title="What pages people">
          <PolicyPart report={report} onOpen={onOpen} />
        </Part>
        {report.estimated !== null && report.estimated.receivers.length > 0 && (
          <Part title="Estimated pages">
            <EstimateTable estimated={report.estimated} onOpen={onOpen} />
          </Part>
        )}
        <Part title="Rules that fire together" count={report.cofiring.length}>
          <CofiringPart report={report} onOpen={onOpen} />
        </Part>
        <Part title="How long alerts were on">
          <EndingTable duration={report.duration} onOpen={onOpen} />
        </Part>
        <Part title="Questions">
          <QuestionList questions={report.questions} onOpen={onOpen} />
        </Part>
        <Part title="Silences older than 30 days" count={listed("old-silence").length}>
          <ListedRows rows={listed("old-silence")} unknown={view.silencesUnknown} />
        </Part>
        <Part title="Rules that did not fire in 180 days" count={listed("never-fired").length}>
          <ListedRows
            rows={listed("never-fired")}
            unknown={view.ruleSet === null ? "no source told which rules there are" : ""}
          />
        </Part>
        <ImpactList month={month} mayDecide={view.mayDecide} />
      </div>
      <aside className="mt-6 space-y-6 xl:mt-0">
        <SignBox view={view} />
        <QualityList report={report} />
      </aside>
      {open && (
        <FigureRowsDialog
          month={month}
          open={open}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
      {deciding && (
        <DecisionDialog
          month={month}
          rule={deciding}
          onClose={() => {
            setDeciding(null);
          }}
        />
      )}
    </div>
  );
}

function Part({ title, count, children }: { title: string; count?: number; children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-1 text-section font-strong">
        {title} {count !== undefined && <span className="font-normal text-muted">{count}</span>}
      </h2>
      {children}
    </section>
  );
}

function Skeleton() {
  return (
    <div className="mt-3 space-y-6">
      <div className="skeleton h-32" />
      <div className="skeleton h-16 w-2/3" />
      <div className="skeleton h-64" />
    </div>
  );
}
