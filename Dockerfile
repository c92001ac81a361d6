# One image with every app; the arguments choose which: dist/apps/<service>/service.js or dist/apps/lab/src/main.js

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
RUN npm run build && rm -f dist/*.tsbuildinfo dist/.tsbuildinfo

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Half of what is installed is never loaded: types, source maps, and builds for a runtime other than Node.
RUN npm ci --omit=dev --ignore-scripts \
  && find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.[cm]ts' -o -name '*.bare' \) -delete

FROM node:24-bookworm-slim
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Tellers" \
  org.opencontainers.image.description="One bank built twice, stateless and stateful, and a lab that shows what each style costs when it scales" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$REVISION"
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
# package.json says what #libs means.
COPY package.json ./
COPY --from=build /app/dist dist
# High, so that it is no user of a node.
USER 10001:10001
# No shell in between: node is process 1 and gets the signals.
ENTRYPOINT ["node", "--enable-source-maps"]
