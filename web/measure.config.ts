import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** How heavy and how fast the pages are; prints figures, and fails beyond the goals. One at a time, to be fair. */
export default defineConfig(tests, { testDir: "measure", workers: 1, reporter: "list" });
