/** A search box with the nearest places, for a page of somebody else. */
export declare class NabijZoeker extends HTMLElement {
  /** The version of the element. */
  static readonly version: string;
  /** Searches, as if the visitor had typed it. */
  search(postcode: string): void;
}

/** What `nabij-search` tells: four digits of the postcode or the name of a place. */
export interface NabijSearchDetail {
  postcode: string;
  themes: string;
}

/** What `nabij-results` tells. */
export interface NabijResultsDetail {
  total: number;
  shown: number;
}

/** What `nabij-error` tells: the server does not answer, or does not serve this page. */
export type NabijErrorDetail =
  | { kind: "away" }
  | { kind: "refused"; status: number; type: string; detail: string };

declare global {
  interface HTMLElementTagNameMap {
    "nabij-zoeker": NabijZoeker;
  }
  interface HTMLElementEventMap {
    "nabij-search": CustomEvent<NabijSearchDetail>;
    "nabij-results": CustomEvent<NabijResultsDetail>;
    "nabij-error": CustomEvent<NabijErrorDetail>;
  }
}
