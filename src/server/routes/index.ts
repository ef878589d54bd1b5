import type { Route } from "../http/route.ts";
import { askRoutes } from "./ask.ts";
import { conversationRoutes } from "./conversations.ts";
import { healthRoutes } from "./health.ts";
import { mapRoutes } from "./map.ts";
import { messageRoutes } from "./messages.ts";
import { metricsRoutes } from "./metrics.ts";
import { openApiRoute } from "./open-api.ts";
import { paperRoutes } from "./papers.ts";
import { searchRoutes } from "./search.ts";
import { suggestionRoutes } from "./suggestions.ts";

const described: readonly Route[] = [
  ...healthRoutes,
  ...searchRoutes,
  ...askRoutes,
  ...messageRoutes,
  ...paperRoutes,
  ...conversationRoutes,
  ...suggestionRoutes,
  ...mapRoutes,
  ...metricsRoutes,
];

/** Every call of the API. */
export const ROUTES: readonly Route[] = [...described, openApiRoute(described)];
