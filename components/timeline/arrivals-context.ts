"use client";

/** Which rows came after the first answer, for the marks inside rows: they change without their rows changing. */
import { createContext } from "react";
import type { TimelineSnapshot } from "@/lib/client/timeline-store";

export const ArrivalsContext = createContext<TimelineSnapshot["arrivals"]>(new Map());
