import { defineConfig } from "@playwright/test";
import { chromium } from "./test/browser/chromium";

/** The journeys of a resident and a volunteer, in Debian's Chromium, against the real server. */
export default defineConfig({
  testDir: "test/browser",
  globalSetup: "./test/browser/server.ts",
  forbidOnly: true,
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "line",
  outputDir: "/tmp/nabij-browser-tests",
  use: chromium,
});
