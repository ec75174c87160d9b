# syntax=docker/dockerfile:1
# docker build -t carrick . && docker run --init -p 8080:8080 -v carrick-data:/data carrick
# --init: PostgreSQL's processes need a parent that collects them when they end, which Node as process 1 does not.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/cli/package.json packages/cli/
COPY packages/connector/package.json packages/connector/
COPY packages/platform/package.json packages/platform/
COPY packages/protocol/package.json packages/protocol/
COPY packages/recruiter/package.json packages/recruiter/
COPY packages/widgets/package.json packages/widgets/
# No install script is needed: the database's binaries lie in their package as they are.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build --workspace packages/recruiter --workspace packages/widgets \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf bench soak tests docs scripts packages/recruiter/src packages/widgets/src

FROM node:24-bookworm-slim
ENV NODE_ENV=production CARRICK_HOST=0.0.0.0 CARRICK_DATA=/data
WORKDIR /app
COPY --from=build /app ./
# The image's own unprivileged account; the code is root's, so that the process cannot change it.
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "packages/cli/src/main.ts"]
CMD ["serve"]
