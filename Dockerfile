# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run --silent build

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="msgraph-mock" \
      org.opencontainers.image.description="A local Microsoft Graph for tests" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
# Everything that runs is in dist/; package.json says that it is made of ES modules.
COPY --from=build /build/package.json /build/LICENSE ./
COPY --from=build /build/dist ./dist
ENV NODE_ENV=production \
    MSGRAPH_MOCK_HOST=0.0.0.0
USER 1000:1000
EXPOSE 8365
HEALTHCHECK --interval=2s --timeout=3s --start-period=10s CMD ["node", "/app/dist/cli.js", "healthcheck"]
ENTRYPOINT ["node", "/app/dist/cli.js"]
