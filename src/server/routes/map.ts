import { MapResponse } from "../../protocol.ts";
import { cachedJson } from "../http/cached-json.ts";
import { defineRoute } from "../http/route.ts";

export const mapRoutes = [
  defineRoute({
    method: "get",
    path: "/api/map",
    summary: "Every paper as a dot by meaning, in named groups; drawn in the background after the start",
    answers: [
      { status: 200, description: "The map, with an ETag", schema: MapResponse },
      { status: 304, description: "It is the one that If-None-Match names" },
    ],
    errors: ["indexing"],
    handle: async (_, { assistant }) => ({ kind: "kept", content: await cachedJson(assistant.map()) }),
  }),
];
