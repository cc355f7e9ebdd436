/**
 * Runs before anything else in the browser. The content security policy forbids `eval`; zod tries it once to see
 * whether it may compile its schemas, and every page would report that attempt as a violation.
 */
import { config } from "zod";

config({ jitless: true });
