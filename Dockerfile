# Build stage: everything that is needed to compile, nothing of it ships.
FROM node:26-bookworm-slim AS build
WORKDIR /app

# The manifests alone, so that a change of the sources does not install again.
COPY package.json package-lock.json .npmrc ./

# Without scripts, because our own `prepare` builds and the sources are not here yet; then the one package that has some of its own. better-sqlite3 brings its binaries.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts && npm rebuild esbuild

# What the build reads, and no tests: a change of those builds nothing.
COPY tsconfig.json tsconfig.types.json ./
COPY scripts scripts
COPY src src
RUN npm run build

# What is left of node_modules is what runs.
RUN npm prune --omit=dev

# Runtime stage: the same release, so that the native module fits; no compiler.
FROM node:26-bookworm-slim
WORKDIR /app

# Writable for the user that runs and for group 0, which arbitrary users belong to (OpenShift). A named volume takes over owner and mode when it is first mounted.
RUN mkdir /data && chown node:0 /data && chmod 775 /data

# From the rarely to the often changed, so that an update pulls little. Owned by root: the server cannot change itself.
COPY --from=build /app/node_modules node_modules
COPY package.json LICENSE ./
COPY fixtures fixtures
COPY openapi openapi
COPY --from=build /app/dist dist

# A container's loopback is not reachable from outside of it. Compiled code is not kept, as nothing but /data is written.
ENV NODE_ENV=production \
    NODE_DISABLE_COMPILE_CACHE=1 \
    NCP_DATAFLOW_HOST=0.0.0.0

EXPOSE 6270

# For NCP_DATAFLOW_DB=/data/...; nothing else is ever written, so the root file system can be read-only.
VOLUME /data

USER node

# Healthy means migrated and seeded: the port opens only then. Asks the port that NCP_DATAFLOW_PORT names, by HTTPS where NCP_DATAFLOW_TLS
# or NCP_DATAFLOW_TLS_CERT say so.
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --start-interval=250ms --retries=3 \
  CMD ["node", "dist/cli.js", "health"]

# No shell in between: signals reach node, which stops within two seconds. Words behind the image's name are flags.
ENTRYPOINT ["node", "dist/cli.js"]
