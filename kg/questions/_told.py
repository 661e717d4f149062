"""What key words say, in plain words: of people and talks, of one person, of two, and of what there is most of."""

from __future__ import annotations

NOUNS = frozenset(
    "people laureate talk place school award advisor student degree field topic post year member series".split()
)
"""What may be asked for."""
OF_PEOPLE_ASKED = frozenset(["people", "laureate", "student", "advisor", ""])
"""Nouns that ask for people; none asks for them, too."""
PLAIN = frozenset("people work now speak talk where".split())
"""Meanings that a condition may leave unused: its own form tells as much."""
MARKS = {
    "institution": (
        "office founded member degree study attended award left past role teach connected work now speak".split()
    ),
    "topic": "degree study field speak work topic".split(),
    "award": "win award laureate common".split(),
    "person": "advisor student advised colleague with under".split(),
    "series": "speak talk".split(),
    "role": "past work now post".split(),
    "degree": "study degree win".split(),
    "country": "study past work now".split(),
    "city": "study past work now".split(),
}
"""Which meanings tell something of a name, the telling ones first."""
OF_PEOPLE = {
    ("institution", "office"): ("was {office} of {}", "was not {office} of {}"),
    ("institution", "connected"): ("is connected to {}", "is not connected to {}"),
    ("person", "under"): ("was advised by {}", "was not advised by {}"),
    ("institution", "founded"): ("founded {}", "did not found {}"),
    ("institution", "member"): ("is a member of {}", "is not a member of {}"),
    ("institution", "study"): ("studied at {}", "did not study at {}"),
    ("institution", "attended"): ("studied at {}", "did not study at {}"),
    ("institution", "degree"): ("has a {degree} from {}", "has no {degree} from {}"),
    ("institution", "award"): ("won an award from {}", "did not win an award from {}"),
    ("institution", "past"): ("worked at {}", "never worked at {}"),
    ("institution", "past role"): ("was a {role} at {}", "was never a {role} at {}"),
    ("institution", "teach"): ("teaches at {}", "does not teach at {}"),
    ("institution", "left"): ("left {}", "is at {}"),
    ("institution", "role"): ("is a {role} at {}", "is not a {role} at {}"),
    ("institution", ""): ("works at {}", "does not work at {}"),
    ("topic", "degree"): ("has a {degree} in {}", "has no {degree} in {}"),
    ("topic", "study"): ("has a degree in {}", "has no degree in {}"),
    ("topic", "field"): ("has a degree in {}", "has no degree in {}"),
    ("topic", ""): ("speaks on {}", "does not speak on {}"),
    ("award", ""): ("won the {}", "did not win the {}"),
    ("talk", ""): ("gave the talk {}", "did not give the talk {}"),
    ("person", "student"): ("was advised by {}", "was not advised by {}"),
    ("person", "advisor"): ("advised {}", "did not advise {}"),
    ("person", "colleague"): ("works at the same institution as {}", ""),
    ("series", ""): ("spoke in {}", "did not speak in {}"),
    ("office", ""): ("was {}", "was not {}"),
    ("role", "past"): ("was a {}", "was not a {}"),
    ("role", ""): ("is a {}", "is not a {}"),
    ("degree", ""): ("has a {}", "has no {}"),
    ("country", "study"): ("studied in {}", "did not study in {}"),
    ("country", "past"): ("worked in {}", "did not work in {}"),
    ("country", ""): ("works in {}", "does not work in {}"),
    ("city", "study"): ("studied in {}", "did not study in {}"),
    ("city", ""): ("works in {}", "does not work in {}"),
    ("person", ""): ("", "other than {}"),
    ("person", "with"): ("spoke with {}", "did not speak with {}"),
}  # fmt: skip
"""What a name and a meaning beside it say of people, and its denial."""
ONCE = OF_PEOPLE["institution", "past"]
NOW = ("is at {}", "is not at {} now")
OF_TALKS = {
    "topic": ("on {}", "not on {}"),
    "person": ("by {}", "not by {}"),
    "institution": ("from {}", "not from {}"),
    "series": ("in {}", "not in {}"),
}
HOLDERS = {"degree": ("topic", "institution"), "role": ("institution",), "office": ("institution",)}
"""What somebody holds, and in what or where."""
ALONE = {
    "laureate": "won an award",
    "award": "won an award",
    "win": "won an award",
    "founded": "founded a company",
}
"""What a meaning says of people that no name stands beside."""
RANKED = (
    ("school place", "study most", "people degree school place", "which university trained the most of our speakers"),
    ("school", "degree most", "school people study win", "which university awarded the most PhDs"),
    ("school place where", "most", "school place where people now work", "which institution has the most speakers"),
    ("topic field", "most", "topic field people talk speak", "which topics have the most talks"),
    ("award", "most", "award people win laureate", "which award was won by the most people"),
    ("people laureate", "win most", "people laureate award", "who won the most awards"),
    ("people laureate", "award most", "people laureate win", "who won the most awards"),
    ("", "win most", "people award", "who won the most awards"),
    ("talk", "talk most people", "speak work", "which talks have the most speakers"),
    ("", "speak most", "people talk", "which topics have the most talks"),
    ("people", "talk most", "people speak", "who gave the most talks"),
    ("people", "speak most", "people talk", "who gave the most talks"),
    ("advisor", "most", "advisor people student advised", "who advised the most people"),
    ("people", "student most", "people advised", "who advised the most people"),
    ("people", "advised most", "people student advisor", "who advised the most people"),
    ("people", "degree most", "people study", "who has the most degrees"),
    ("year when", "most", "year when talk people", "which year had the most talks"),
    ("people degree", "degree first", "people study win", "who was the first to get a degree"),
    ("talk", "talk first", "people speak year", "earliest talks"),
    ("talk", "talk last", "people speak year", "latest talks"),
    ("award", "award", "people win", "which awards were won"),
    ("series", "series", "talk", "which series are there"),
    ("people", "place most", "people work now same", "who has more than one affiliation"),
)  # fmt: skip
"""What is asked for, what is meant and what may be said besides, and the ranking in plain words."""
FEWEST = {"least": "at least", "more": "more than"}
COMMON = {
    "school": "did {one} studied at the same university as {other}",
    "place": "does {one} work at the same institution as {other}",
    "field": "which topics do {one} and {other} have in common",
    "": "what do {one} and {other} have in common",
    "topic": "which topics do {one} and {other} have in common",
    "advisor": "which advisors do {one} and {other} have in common",
    "award": "which awards do {one} and {other} share",
    "student": "who was advised by {one} and was advised by {other}",
}
"""What two people may have in common, and how that is asked."""
SHARED = frozenset("common same connected study moved".split())
"""Meanings that ask for what two people have in common."""
ONE = (
    ("place before", "where study work past", "institution", "where did {person} work before {institution}"),
    ("place after", "where study work past left", "institution", "where did {person} work after {institution}"),
    ("place", "degree where study past win first", "degree", "where did {person} get his {degree}"),
    ("school", "place where past degree study", "", "where did {person} study"),
    ("place study", "where past degree", "", "where did {person} study"),
    ("place founded", "where", "", "where was {person} a founder"),
    ("place past", "where work post left before", "", "where did {person} work before"),
    ("place before", "where work post left", "", "where did {person} work before"),
    ("place degree", "where", "", "where did {person} study"),
    ("work", "now place", "", "where does {person} work"),
    ("place", "where work now post", "", "where does {person} work"),
    ("year", "win award when", "award", "when did {person} win the {award}"),
    ("year", "degree study win when", "degree", "when did {person} get his {degree}"),
    ("school", "place where past study", "degree", "where did {person} get his {degree}"),
    ("when", "win award year", "award", "when did {person} win the {award}"),
    ("when", "degree study year win", "degree", "when did {person} get his {degree}"),
    ("when degree", "study year win", "", "when did {person} get his degree"),
    ("when", "study work past year left", "institution", "when was {person} at {institution}"),
    ("when", "speak talk year", "", "when did {person} speak"),
    ("when", "speak talk year", "talk", "when was the talk {talk}"),
    ("award many", "win people", "", "how many awards did {person} win"),
    ("award", "win laureate year", "", "which awards did {person} win"),
    ("win", "award laureate", "", "which awards did {person} win"),
    ("advisor many", "people past", "", "how many advisors does {person} have"),
    ("advisor", "people past study advised", "", "who advised {person}"),
    ("student many", "people past advised", "", "how many students does {person} have"),
    ("student", "people past advised", "", "who are {person}'s students"),
    ("field", "study degree", "", "which field did {person} study"),
    ("degree many", "study", "", "how many degrees does {person} have"),
    ("degree", "study past place year", "", "which degrees does {person} have"),
    ("talk many", "speak", "", "how many talks did {person} give"),
    ("talk", "speak last year", "", "which talks did {person} give"),
    ("topic", "speak talk work people field", "", "which topics does {person} talk about"),
    ("speak", "talk work people", "", "what does {person} talk about"),
    ("post", "work past", "institution", "which posts did {person} hold at {institution}"),
    ("post now", "work", "", "what is {person}'s position"),
    ("post", "work past", "", "which posts did {person} hold"),
    ("member", "people work connected", "", "what is {person} a member of"),
    ("colleague", "people work now", "", "who works at the same institution as {person}"),
    ("place", "where past work school", "role", "where was {person} a {role}"),
    ("place", "where past work school", "office", "where was {person} {office}"),
    ("when", "past year work", "role institution", "since when is {person} {role} at {institution}"),
    ("when", "past year work", "role", "when was {person} a {role}"),
    ("advisor", "people past study advised", "institution", "who advised {person} at {institution}"),
    ("", "people work", "", "who is {person}"),
)  # fmt: skip
"""Of one person: what is meant, what may be said besides, what else is named, and the question in plain words."""
