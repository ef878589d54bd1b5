# Footnote with its papers and its embedding model: works without network. See "In a container" in README.md.
# Debian, not Alpine: the ONNX runtime is built for glibc.

FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs its install script.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY src ./src
COPY web ./web
RUN npm run build

FROM node:20-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY --from=build /app/dist ./dist
COPY prompts ./prompts
COPY seeds ./seeds
COPY vectorstore/models ./models

# A container is reached from outside, so it listens to every address, and for that Footnote asks who may ask: without
# API_KEYS=name:KEY, or AUTH=none where anyone may, it ends with the line that says so.
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    SEEDS_DIR=/app/seeds \
    MODELS_DIR=/app/models \
    VECTORSTORE_DIR=/vectorstore \
    DATA_DIR=/data

# The index, and the conversations: all that is ever written.
RUN install --directory --owner=node --group=node /vectorstore /data
VOLUME ["/vectorstore", "/data"]
USER node
EXPOSE 3000
# /health answers before anything is indexed; /ready says when questions can be asked.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["serve"]
