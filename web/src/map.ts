/** Improves pages that are complete without a script. */
export {};
