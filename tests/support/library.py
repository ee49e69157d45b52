"""An aggregate that is no car: a library's book, with one copy, that readers borrow."""

from dataclasses import dataclass
from typing import TypeAlias

from trigger_pattern.kernel import AggregateRoot, Context, Refusal, Refused


@dataclass(frozen=True)
class Book:
    reader: str | None = None
    loans: int = 0


@dataclass(frozen=True)
class Borrowed:
    reader: str


@dataclass(frozen=True)
class Returned:
    pass


@dataclass(frozen=True)
class Borrow:
    reader: str


@dataclass(frozen=True)
class Return:
    pass


@dataclass(frozen=True)
class HolderShouldBe:
    """The implicit request: whoever is named has the book, or nobody; `banned` readers are refused."""

    reader: str | None


BookEvent: TypeAlias = Borrowed | Returned
BookTrigger: TypeAlias = Borrow | Return


def apply(state: Book, event: BookEvent) -> Book:
    match event:
        case Borrowed(reader):
            return Book(reader, state.loans + 1)
        case Returned():
            return Book(None, state.loans)


def fire(state: Book, trigger: BookTrigger, _: Context) -> BookEvent | Refused:
    match trigger:
        case Borrow(reader) if state.reader:
            return Refused.because(Refusal("already-lent", f"{reader} must wait for {state.reader}."))
        case Borrow("banned"):
            return Refused.because(Refusal("reader-banned", "This reader may not borrow.", "/reader"))
        case Borrow(reader):
            return Borrowed(reader)
        case Return():
            return Returned() if state.reader else Refused.because(Refusal("not-lent", "Nobody has it."))


def build(request: HolderShouldBe, state: Book) -> tuple[BookTrigger, ...] | Refused:
    if request.reader == "":
        return Refused.because(Refusal("invalid-value", "Expected a name.", "/reader"))
    if request.reader == state.reader:
        return ()
    back: tuple[BookTrigger, ...] = (Return(),) if state.reader else ()
    return (*back, Borrow(request.reader)) if request.reader else back


BOOK: AggregateRoot[Book, BookEvent, BookTrigger] = AggregateRoot(Book(), apply, fire, fold_version=1)
