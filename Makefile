# Renvoi : tout ce qui se lance d'ici. `make` seul, ou `make help`, dit quoi.
#
# RENVOI_SOURCES (textes officiels, par défaut sources/) et RENVOI_HOME (base construite, par défaut data/) sont
# lues par Renvoi lui-même dans l'environnement : RENVOI_SOURCES=~/textes make run

PYTHON   ?= python3
QUESTION ?= Quelle peine pour la traite en bande organisée ?
PYTEST   ?= $(BIN)/pytest -n 2 --dist loadfile

VENV := .venv
BIN  := $(VENV)/bin

# Several OpenMP runtimes live in one process: threads that spin while they wait slow each other down.
export OMP_WAIT_POLICY := PASSIVE
# Nothing is fetched behind the user's back, and tokenizers start no thread before a fork.
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint format bench mutate train clean

help: ## Dit ce que fait chaque commande
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.installed ## Installe, construit la base, répond à une question, puis sert les pages
	$(BIN)/renvoi build
	$(BIN)/renvoi search "$(QUESTION)"
	$(BIN)/renvoi serve

test: $(VENV)/.installed-dev ## Installe et lance tous les tests
	OMP_NUM_THREADS=1 $(PYTEST)

check: lint test ## Tout ce qui doit passer avant un commit : format, règles, types, tests

lint: $(VENV)/.installed-dev ## Vérifie le format, les règles d'écriture et les types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

format: $(VENV)/.installed-dev ## Met le code en forme
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: $(VENV)/.installed-bench ## Mesure la recherche et la vitesse, à côté d'autres outils
	$(BIN)/python -m bench

mutate: $(VENV)/.installed-mutate ## Met de petites fautes dans une copie du code et dit combien les tests en voient
	$(BIN)/python -m bench.mutation $(PARTS)

train: $(VENV)/.installed-train ## Refait ce qui est appris : notoriété, modèle de vecteurs, modèle des droits (longtemps)
	$(BIN)/python -m index.training.familiar
	$(BIN)/python -m index.training
	$(BIN)/python -m index.training.scope

clean: ## Retire l'environnement et les caches (la base construite reste)
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip, not python: where ensurepip is missing, `venv` fails after it has made bin/python.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit("Renvoi demande Python 3.11 ou plus récent (make PYTHON=python3.12 …)." \
	    if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml requirements.lock | $(BIN)/pip
	@echo "Installation des dépendances (quelques minutes la première fois)…"
	$(BIN)/pip install --quiet --constraint requirements.lock -e .
	@touch $@

$(VENV)/.installed-%: pyproject.toml requirements.lock | $(BIN)/pip
	@echo "Installation des dépendances, avec « $* » (quelques minutes la première fois)…"
	$(BIN)/pip install --quiet --constraint requirements.lock -e ".[$*]"
	@touch $@
