"""Topics as identities: spellings and abbreviations of one topic have one key, other topics have another."""

from __future__ import annotations

import pytest

from kg import concepts
from kg.resolution import form

SAME = """
NLP = natural language processing = Natural-Language Processing = natural language processing (NLP)
LLM = LLMs = large language models = Large Language Model (LLM)
reinforcement-learning = reinforcement learning = RL = Reinforcement Learning
GNN = GNNs = graph neural network = graph neural networks
CNNs = convolutional neural network = convolutional neural networks
AI = artificial intelligence
ML = machine-learning = Machine Learning
HCI = human-computer interaction = human–computer interaction = human computer interaction
climate modelling = climate modeling = climate models
behavioural economics = behavioral economics
optimisation = optimization = Optimization
tumour = tumors = tumor
labour economics = labor economics
colour perception = color perception
fibre optics = fiber optics
haemoglobin = hemoglobin
paediatrics = pediatrics
theatre = theater
ageing = aging
travelling salesman problem = traveling salesman problem
multiagent systems = multi-agent systems = multi-agent system
e-learning = eLearning
meta-learning = metalearning
data bases = databases = database
cyber security = cybersecurity
dialog systems = dialogue systems
neural networks = neural network
automata theory = Automata Theory
COVID-19 = covid 19 = COVID
women’s health = women's health
Alzheimer’s disease = Alzheimer's disease
sulphur chemistry = sulfur chemistry
grey matter = gray matter
tidal behaviour = tidal behavior
kelp forests = kelp forest
visualisation of tides = visualization of tides
matrices of tides = matrix of tides
judgement aggregation = judgment aggregation
organisational behaviour = organizational behavior
neighbourhoods = neighborhood
A.I. = AI
the internet of things = Internet of Things = IoT
"""
APART = """
C | C++ | C#
chatbot | dialogue system
reinforcement learning | deep reinforcement learning | supervised learning
neural network | graph neural network | deep neural network
statistics | statistical mechanics
algebra | linear algebra | algebraic geometry
physics | physical chemistry
MARS | Mars
news | new
economics | economy
genetics | genomics
ethics | ethic of care
cell | cellular automaton
model | model theory
ecology | economics
graph | graphene
optics | optic nerve
data | database
category | ∞-category
language model | large language model
computer vision | human vision
information theory | information retrieval
marine biology | molecular biology
tour | Tor | tors and fells
AIDS | aid
four | for
contour | contor
"""


def _cases(text: str, mark: str) -> list[list[str]]:
    return [[part.strip() for part in line.split(mark)] for line in text.strip().splitlines()]


@pytest.mark.parametrize("names", _cases(SAME, "="), ids=lambda n: n[0])
def test_one_topic(names: list[str]) -> None:
    keys = {name: form("topic", name) for name in names}
    assert len(set(keys.values())) == 1, keys


@pytest.mark.parametrize("names", _cases(APART, "|"), ids=lambda n: n[0])
def test_different_topics(names: list[str]) -> None:
    keys = {name: form("topic", name) for name in names}
    assert len(set(keys.values())) == len(names), keys


def test_every_label_has_a_key_of_its_own() -> None:
    labels = concepts.by_label()
    assert len({concepts.key(label) for label in labels}) == len(labels)


def test_there_are_many_cases() -> None:
    assert sum(map(len, (*_cases(SAME, "="), *_cases(APART, "|")))) >= 60
