FROM node:24-bookworm-slim
RUN useradd --system --create-home tradewind && mkdir /data && chown tradewind /data
WORKDIR /app
COPY --chown=tradewind . .
RUN chown tradewind /app
USER tradewind
RUN node scripts/launch.mjs build
ENV TRADEWIND_DATA=/data TRADEWIND_HOST=0.0.0.0
VOLUME /data
EXPOSE 8300
CMD ["node", "scripts/launch.mjs", "start"]
