/** The words by language, as JSON. */
export function widgetWords(): string;
