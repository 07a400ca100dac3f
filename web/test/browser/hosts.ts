/** Websites of others for the tests of the widget, and a way to our server that can be cut off. */
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

async function listen(server: Server, name: string, port = 0): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, name, resolve));
  return `http://${name}:${String((server.address() as AddressInfo).port)}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** A page on a website of somebody else. */
interface HostPage {
  head?: string;
  attributes?: string;
  headers?: Record<string, string>;
}

/** Opens a website on which tests in other processes can put pages; gives its origin and the way to close it. */
export async function openHost(): Promise<{ origin: string; stop: () => Promise<void> }> {
  const pages: { html: string; headers: Record<string, string> }[] = [];
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      void request.toArray().then((parts) => {
        pages.push(JSON.parse(Buffer.concat(parts as Buffer[]).toString()) as (typeof pages)[0]);
        response.end(String(pages.length - 1));
      });
      return;
    }
    const page = pages[Number(request.url?.slice(1))];
    // Browsers ask for an icon by themselves.
    response.writeHead(page ? 200 : 204, { "content-type": "text/html; charset=utf-8", ...page?.headers });
    response.end(page?.html);
  });
  return { origin: await listen(server, "localhost"), stop: () => close(server) };
}

/** Puts a page on a website; gives its address. */
export async function put(origin: string, body: string, { head = "", attributes = 'lang="nl"', headers = {} }: HostPage = {}): Promise<string> {
  const html = `<!DOCTYPE html><html ${attributes}><head><meta charset="utf-8"><title>Gemeente</title>${head}</head><body><main><h1>Gemeente</h1><h2>Leren in de buurt</h2>${body}</main></body></html>`;
  const answer = await fetch(origin, { method: "POST", body: JSON.stringify({ html, headers }) });
  return `${origin}/${await answer.text()}`;
}

/** Passes everything on to our server; can be stopped, and `answer` may take a request away from it. */
export class Front {
  readonly asked: IncomingMessage[] = [];
  answer: (request: IncomingMessage, response: ServerResponse) => boolean = () => false;
  origin = "";
  private server: Server | undefined;

  constructor(private readonly behind: string) {}

  /** Starts it; again at the same address after it was stopped. */
  async start(): Promise<this> {
    this.server = createServer((request, response) => {
      this.asked.push(request);
      if (this.answer(request, response)) return;
      const { url = "/", method = "GET", headers } = request;
      const onwards = ask(this.behind + url, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      onwards.on("error", () => response.destroy());
      request.pipe(onwards);
    });
    this.origin = await listen(this.server, "127.0.0.1", Number(new URL(this.origin || "http://127.0.0.1:0").port || 0));
    return this;
  }

  async stop(): Promise<void> {
    if (this.server) await close(this.server);
    this.server = undefined;
  }

  /** What the widget asked of the API. */
  get questions(): IncomingMessage[] {
    return this.asked.filter(({ url }) => url?.startsWith("/v1/"));
  }
}
