# One image for web server, worker, sandbox and clock. Built in two steps, so that pip and its cache stay behind.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.13-slim-bookworm
# Without bubblewrap: under an engine's own profiles its namespaces can't be had, and the self-test would only try in vain.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libseccomp2 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin rehearsal
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_DEBUG=false
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
# The only key here is one for this step: it is in no layer. var/ holds the collected files, nothing else is written.
RUN DJANGO_SECRET_KEY=collectstatic python manage.py collectstatic --no-input && python -m compileall -q accounts interview
USER rehearsal
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--bind", "0.0.0.0:8000"]
