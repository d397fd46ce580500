"""Invented people: the same ones for the same seed. Nobody here is real; 555-01xx numbers reach nobody."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

GIVEN = (
    "Abel Ada Adela Agnes Ahmed Alba Aldo Alicia Alma Amara Amir Amos Anaïs Andre Anneke Anton Arturo "
    "Asha Astrid Bao Beatriz Benno Bethany Birgit Björn Bruno Callum Camila Carmen Cecil Chidi Chloé "
    "Clara Clyde Dagny Dalia Damaris Daniel Darius Delia Desmond Diego Dina Dorothy Edith Efraín Eilis "
    "Elena Eli Elif Emeka Emil Esther Fatima Faye Felix Fiona Florian Freya Gabriel Gita Gloria Greta "
    "Gustavo Hadi Hana Harold Helga Hiro Hugo Ibrahim Ida Ilse Imani Ines Ingrid Irma Isaac Ivan Jada "
    "Jamal Jasmine Javier Jerome Jesús Joanna Jorge Joy Juana Jun Kai Kamala Karim Katya Keiko Kofi Lars "
    "Layla Leila Leon Lidia Linh Lois Lucía Mabel Malik Manon Marek Margit Marisol Maude Mei Mercy Milan "
    "Mina Mirta Moses Nadia Naomi Neha Nestor Niall Nina Noor Nora Olaf Olga Omar Opal Otis Paloma Pavel "
    "Pearl Petra Pilar Priya Quentin Rafael Rania Renée Rhoda Rolf Rosa Ruben Ruth Saïd Salma Samir "
    "Sander Seren Silvia Simone Sofía Stella Sunita Sven Talia Tariq Tess Thérèse Tobias Tomás Ugo Ulla "
    "Uma Ursula Valeria Vera Victor Viola Wanda Walter Wen Willa Xavier Ximena Yara Yasmin Yolanda Yusuf "
    "Zadie Zelda Zoë Zoltan"
).split()
FAMILY_STARTS = (
    "Ash Bar Beck Birch Black Brook Bran Cal Car Chest Clay Cold Cran Dal Dun East Elder Fair Fern Gar "
    "Glen Gold Gran Green Hal Hart Hazel Heath Holl Iron Kel Kirk Lang Lark Lin Lock Mar Mead Mill Moor "
    "Nor Oak Old Pen Pine Quill Red Rock Rose Row Sal Sea Shel Silver Stan Stone Storm Sun Sut Thorn Tor "
    "Under Val Wal Wes White Wil Win Wood York"
).split()
# A clinic of 100,000 has some 30,000 different family names, most of them borne by one family.
FAMILY_MIDDLES = "a al an ar ber den el en er es i in ing is ken le ler ma mer o on or ster ter".split()
FAMILY_ENDS = (
    "berg borne brook bury by combe croft dale den don er field ford gate ham hill holm hurst land ley "
    "low man mere ridge sen shaw son stead ston thorpe ton vale ville wald ward well wick worth"
).split()
FAMILY = (
    "Abubakar Achterberg Adeyemi Álvarez Aydın Băsescu Bergström Bianchi Castañeda Čapek Chaudhary Costa- "
    "Lima D’Amico Díaz Đurić Eze Faßbender Ferreira García Gonçalves Haddad Ibáñez Işık Jørgensen "
    "Kowalczyk Kröger Łukasik MacAllen Méndez Müller Muñoz Ngata Nguyễn Núñez O’Dell O’Faolain Okonkwo "
    "Ó’Riain Øster Peña Prakash Quiñones Rossi Ruiz Sánchez Şahin Silva Søndergaard Sørby Tanaka Tran "
    "Ueda Vásquez Weiß Yıldız Zając Žižek"
).split()
# Names that are one word, or in another script: some people have them, so some here do.
WHOLE_NAMES = (
    ("Suharni", ""),
    ("", "Wulandar"),
    ("美玲", "陳"),
    ("さくら", "山野"),
    ("민서", "한"),
    ("ليلى", "الحدّاد"),
    ("נועה", "בן־טל"),
    ("Олена", "Грицишин"),
    ("Ελένη", "Παπαδέλη"),
    ("สมหญิง", "ใจงาม"),
)
OLDEST, YOUNGEST = date(1930, 1, 1), date(2006, 12, 31)
PHONES = 100


@dataclass(frozen=True)
class Person:
    """An invented patient; `registered_days_ago` counts from the day they are added."""

    given_name: str
    family_name: str
    birth_date: date
    phone: str
    registered_days_ago: int


def people(count: int, *, seed: int) -> Iterator[Person]:
    """`count` invented people; the same seed gives the same people in the same order, on any day."""
    chance = random.Random(seed)
    for _ in range(count):
        given, family = _name(chance)
        born = OLDEST + timedelta(days=chance.randrange((YOUNGEST - OLDEST).days + 1))
        phone = f"({chance.randrange(201, 990)}) 555-01{chance.randrange(PHONES):02d}"
        yield Person(given, family, born, phone, chance.randrange(1, 5 * 365))


def _name(chance: random.Random) -> tuple[str, str]:
    if chance.random() < 0.01:
        return chance.choice(WHOLE_NAMES)
    return _given(chance), _family(chance)


def _given(chance: random.Random) -> str:
    joined = chance.random()
    if joined < 0.04:
        return f"{chance.choice(GIVEN)}-{chance.choice(GIVEN)}"
    return f"{chance.choice(GIVEN)} {chance.choice(GIVEN)}" if joined < 0.1 else chance.choice(GIVEN)


def _family(chance: random.Random) -> str:
    if chance.random() < 0.06:
        return f"{_family_word(chance)}-{_family_word(chance)}"
    return _family_word(chance)


def _family_word(chance: random.Random) -> str:
    how_rare = chance.random()
    if how_rare < 0.3:
        return chance.choice(FAMILY)
    middle = chance.choice(FAMILY_MIDDLES) if how_rare > 0.6 else ""
    return chance.choice(FAMILY_STARTS) + middle + chance.choice(FAMILY_ENDS)
