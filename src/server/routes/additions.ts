import { z } from "zod";
import type { ClientCode } from "../../errors.ts";
import { Addition, AdditionBody, AdditionsResponse, MAX_FILE_NAME_LENGTH } from "../../protocol.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { json } from "../http/route-result.ts";

/** What a pasted text is called as a file. */
const PASTED = "pasted.txt";

const FileQuery = z.object({ name: z.string().min(1).max(MAX_FILE_NAME_LENGTH) });

/** Of one addition, by what is done with it. */
function step(
  name: "preview" | "start" | "cancel" | "undo",
  summary: string,
  codes: readonly ClientCode[],
): Route {
  return defineRoute({
    method: "post",
    path: `/api/ingest/:id/${name}`,
    summary,
    access: "admins",
    answers: [{ status: 200, description: "The addition as it is now", schema: Addition }],
    errors: ["not_found", "conflict", ...codes],
    handle: async ({ param }, { assistant }) => json(await assistant.additions[name](param("id"))),
  });
}

/** Papers added from the page or by a program: files come in, are looked at, are ingested, and can be taken back. */
export const additionRoutes: readonly Route[] = [
  defineRoute({
    method: "get",
    path: "/api/ingest",
    summary: "What was added lately, the newest first",
    access: "admins",
    answers: [{ status: 200, description: "The additions", schema: AdditionsResponse }],
    errors: [],
    handle: async (_, { assistant }) =>
      json({ additions: await assistant.additions.list() } satisfies AdditionsResponse),
  }),
  defineRoute({
    method: "post",
    path: "/api/ingest",
    summary: "Opens an addition of papers, with a pasted text or for files to come",
    access: "admins",
    body: AdditionBody,
    answers: [{ status: 201, description: "The addition", schema: Addition }],
    errors: ["conflict", "too_large"],
    handle: async ({ body, gone }, { assistant: { additions } }) => {
      const opened = await additions.open();
      if (body.text === undefined) return json(opened, 201);
      return json(await additions.addFile(opened.id, PASTED, body.text, gone), 201);
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/ingest/:id",
    summary: "How far an addition is, and its preview or report",
    access: "admins",
    answers: [{ status: 200, description: "The addition", schema: Addition }],
    errors: ["not_found"],
    handle: async ({ param }, { assistant }) => json(await assistant.additions.get(param("id"))),
  }),
  defineRoute({
    method: "post",
    path: "/api/ingest/:id/files",
    summary: "Sends one file of an addition, its bytes as they are",
    access: "admins",
    query: FileQuery,
    takesBytes: true,
    answers: [{ status: 200, description: "The addition with it", schema: Addition }],
    errors: ["not_found", "conflict", "too_large"],
    handle: async ({ param, query, bytes, gone }, { assistant }) =>
      json(await assistant.additions.addFile(param("id"), query.name, bytes, gone)),
  }),
  step("preview", "Begins to tell what an addition would change", []),
  step("start", "Begins to ingest an addition", []),
  step("cancel", "Stops an addition", []),
  step("undo", "Takes back the last addition", []),
];
