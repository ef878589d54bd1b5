import type { RequestHandler } from "express";
import helmet from "helmet";

const SELF = ["'self'"];
const NONE = ["'none'"];

/**
 * Headers that keep a page of ours from running, loading or sending anything that is not ours. No inline styles:
 * React sets style attributes through the DOM, which the policy leaves alone. `'self'` covers the WebSocket too.
 */
export function contentSecurity(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": NONE,
        "script-src": SELF,
        "style-src": SELF,
        "img-src": [...SELF, "data:"],
        "font-src": SELF,
        "connect-src": SELF,
        "manifest-src": SELF,
        "base-uri": NONE,
        "form-action": NONE,
        "frame-ancestors": NONE,
      },
    },
    // Whether a name is served by https alone is decided where TLS ends, in front of us.
    strictTransportSecurity: false,
    xFrameOptions: { action: "deny" },
  });
}
