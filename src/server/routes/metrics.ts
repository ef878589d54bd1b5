import { defineRoute } from "../http/route.ts";
import { EXPOSITION_TYPE } from "../metrics/exposition.ts";

export const metricsRoutes = [
  defineRoute({
    method: "get",
    path: "/metrics",
    summary: "What the server counts and watches, in Prometheus' text format",
    access: "admins",
    answers: [{ status: 200, description: "The figures", mediaTypes: ["text/plain"] }],
    errors: [],
    handle: (_, { metrics }) => ({ kind: "document", body: metrics.toText(), mediaType: EXPOSITION_TYPE }),
  }),
];
