import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** Pictures of the main pages, for the README and the guides, and to look at. */
export default defineConfig(tests, { testDir: "screenshots" });
