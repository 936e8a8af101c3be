# Two stages: the first installs and builds the knowledge base, the second only serves it.
# The base is built from sources/ where the build context has one; without it, from our own records alone, and every
# answer says which texts are not covered.

FROM python:3.11-slim AS construction
WORKDIR /srv/renvoi
RUN python -m venv /srv/venv
ENV PATH=/srv/venv/bin:$PATH \
    PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false OMP_WAIT_POLICY=PASSIVE

# The libraries of pyproject.toml but two: serving our own model needs neither torch nor sentence-transformers, and
# they weigh four times all the others together. Installed before the code is copied: a change of code keeps the layer.
COPY pyproject.toml requirements.lock ./
RUN python -c 'import re, tomllib; \
names = tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"]; \
print(*(n for n in names if not re.match("torch|sentence-transformers", n)), sep="\n")' > requirements.txt \
    && pip install --constraint requirements.lock -r requirements.txt

COPY . .
RUN pip install --no-deps .
ENV RENVOI_SOURCES=/srv/renvoi/sources RENVOI_HOME=/srv/renvoi/data
RUN renvoi build


FROM python:3.11-slim
RUN useradd --uid 10001 --home-dir /srv/renvoi --no-create-home renvoi \
    && install -d -o renvoi -g renvoi /srv/renvoi /srv/renvoi/sources /var/lib/renvoi
WORKDIR /srv/renvoi
COPY --from=construction /srv/venv /srv/venv
COPY --from=construction --chown=renvoi:renvoi /srv/renvoi/data /srv/renvoi/data
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false OMP_WAIT_POLICY=PASSIVE \
    RENVOI_SOURCES=/srv/renvoi/sources RENVOI_HOME=/srv/renvoi/data
USER renvoi
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["renvoi"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
