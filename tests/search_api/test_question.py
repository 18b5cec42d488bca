"""What a question asks for, and what sort of sentence can answer it."""

from __future__ import annotations

import pytest

from indexer.model import Role
from search_api.answer.likes import usual_in
from search_api.asked.fitness import fitness
from search_api.asked.kinds import QuestionKind
from search_api.asked.question import take_apart

K = QuestionKind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("when does BCT consultation start?", K.WHEN),
        ("By what date must the plan be submitted?", K.WHEN),
        ("What was the summer deadline for the plan?", K.WHEN),
        ("How much will the council borrow?", K.HOW_MUCH),
        ("What budget was set for wardens?", K.HOW_MUCH),
        ("How many beds will close?", K.HOW_MANY),
        ("Who chairs the board?", K.WHO),
        ("Which two councils dropped out of the fund?", K.WHO),
        ("Which MPs told the board to wait?", K.WHO),
        ("Which senior hospital figure met the advisers?", K.WHO),
        ("What council services were cut?", K.LIST),
        ("What two sizes of voucher for councils were proposed?", K.LIST),
        ("How big is the dataset?", K.HOW_MANY),
        ("How big was the overspend?", K.HOW_MUCH),
        ("How many pounds went to the club?", K.HOW_MUCH),
        ("What was the owner looking for?", K.OTHER),
        ("What is the name of the chief accountant?", K.WHO),
        ("What was the name of the new scheme?", K.OTHER),
        ("What is the size of the fund?", K.HOW_MUCH),
        ("What loan size is allowed?", K.HOW_MUCH),
        ("What did the board decide to do with the old mill?", K.DECISION),
        ("What is holding up the bridge?", K.WHY),
        ("Which minister wanted the register opened?", K.WHO),
        ("What makes people nervous?", K.OTHER),
        ("What are GPs in Fernby supposed to ask of older patients?", K.OTHER),
        ("Where was the meeting held?", K.WHERE),
        ("Why was the plan delayed?", K.WHY),
        ("What were members worried about?", K.OPINION),
        ("What was resolved about the plan?", K.DECISION),
        ("Who must report back on costs?", K.ACTION),
        ("who is going to look into costs", K.ACTION),
        ("Whose job is it to look into costs?", K.WHO),
        ("Whose agenda was it?", K.OTHER),
        ("number of the report on costs", K.OTHER),
        ("Which report number was it?", K.OTHER),
        ("number of letters from patients", K.HOW_MANY),
        ("How far in the red is the trust?", K.HOW_MUCH),
        ("Which five priorities were chosen?", K.LIST),
        ("What does STP stand for?", K.MEANING),
        ("What is LLR?", K.MEANING),
        ("PCN - what is it in the health plan?", K.MEANING),
        ("Where did the talks on the clinic stand in May?", K.OTHER),
        ("What does the plan say about dementia?", K.OTHER),
        ("Which post did the chair hold when she reported?", K.OTHER),
        ("At whose offices did the panel meet?", K.WHERE),
        ("For how much longer does the plan hold?", K.HOW_MANY),
        ("Where does the county rank for waiting times?", K.HOW_MANY),
        ("What will a band E household pay next year?", K.HOW_MUCH),
        ("What does the county get from the grant each year?", K.HOW_MUCH),
        ("Which contractor built the ramps?", K.WHO),
        ("What did residents say about the closure?", K.OPINION),
        ("Where should it be discussed, in the view of members?", K.WHERE),
        ("What happened to the motion on parking?", K.DECISION),
        ("Did the council adopt its transport plan?", K.DECISION),
        ("What did members ask the minister to do?", K.ACTION),
        ("When did they mean to start?", K.WHEN),
        ("ward closure date", K.WHEN),
        ("Has the date slipped?", K.OTHER),
        ("How come the ward was shut?", K.WHY),
        ("What were the numbers for 2014?", K.HOW_MANY),
        ("During which years was it built?", K.WHEN),
        ("What is Ashby Council's net budget for roads?", K.HOW_MUCH),
        ("What was the bill for the repairs?", K.HOW_MUCH),
        ("What is the Care Bill?", K.OTHER),
        ("What were the Fernby members' experiences of the line?", K.OPINION),
        ("What harm comes to patients who wait?", K.OTHER),
        ("Which services for children need money?", K.LIST),
        ("What is happening with maternity services?", K.OTHER),
        ("Is there a date for the move?", K.WHEN),
        ("Do we have a firm date for the consultation?", K.WHEN),
        ("Have they set a deadline for replies?", K.WHEN),
        ("Could you give me the date on which the clinic opens?", K.WHEN),
        ("Has the building work started yet?", K.WHEN),
        ("Did members agree the date?", K.DECISION),
        ("Has the plan been approved?", K.DECISION),
    ],
)
def test_kinds(question: str, kind: QuestionKind) -> None:
    assert take_apart(question).kind is kind


@pytest.mark.parametrize(
    ("question", "particulars"),
    [
        ("Who chairs the Staffordshire STP?", ("staffordshir", "stp")),
        ("BCT consultation start in 2017?", ("2017", "bct")),
        ("when does it start?", ()),
        ("Is there a plan for Newcastle West?", ("newcastl", "west")),
    ],
)
def test_names_and_numbers_are_particulars(question: str, particulars: tuple[str, ...]) -> None:
    assert take_apart(question).particulars == particulars


@pytest.mark.parametrize(
    ("kind", "fit", "unfit"),
    [
        (K.WHEN, "It would start in early 2017.", "It would start."),
        (K.WHEN, "It could start once funds were found.", "The start was discussed."),
        (K.HOW_MUCH, "A deficit of £40m was forecast.", "A deficit was forecast."),
        (K.HOW_MUCH, "c 1.6billion is spent", "Much is spent on 12 sites"),
        (K.HOW_MANY, "Only one organisation was sustainable.", "Organisations were sustainable."),
        (K.WHO, "Mrs June Fox would send the details.", "The member would send the details."),
        (K.WHO, "Toby Sanders led it.", "The Clinical Commissioning Group led it."),
        (K.WHERE, "Services move to Glenfield.", "Services move."),
        (K.WHY, "It was late because staff were few.", "It was late."),
        (K.DECISION, "The amendment was lost.", "I will move that beds stay open."),
        (K.MEANING, "Better Care Together (BCT) began.", "The BCT began."),
    ],
)
def test_form_tells_what_can_answer(kind: QuestionKind, fit: str, unfit: str) -> None:
    def of(text: str) -> float:
        return fitness(kind, text, Role.REPORT, is_list=False)

    assert of(fit) > of(unfit)


def test_a_list_of_things_is_more_of_a_list_than_a_discussion_is() -> None:
    def of(text: str, *, is_list: bool = True) -> float:
        return fitness(K.LIST, text, Role.REPORT, is_list=is_list)

    things = of("The three sites are:\n- Ashby\n- Fernby")
    talk = of("In the discussion that followed;\n- It was said that beds were few.")
    both = of("There were two, these were Ashby and Fernby.", is_list=False)
    assert things > talk >= both > of("There were two sites.", is_list=False)


@pytest.mark.parametrize(
    ("question", "brings", "repeats"),
    [
        ("When in 2016 did it start?", "It started in May.", "It started in 2016."),
        ("How many of the 12 beds close?", "7 of them close.", "The 12 beds close."),
        ("Who thanked Mary Smith?", "Joan Brown thanked her.", "Mary Smith was thanked."),
    ],
)
def test_what_the_question_says_itself_is_no_answer(
    question: str, brings: str, repeats: str
) -> None:
    asked = take_apart(question)

    def of(text: str) -> float:
        return fitness(asked.kind, text, Role.REPORT, is_list=False, known=asked.words)

    assert of(brings) > of(repeats)


def test_figures_under_headings_in_money_are_sums() -> None:
    def of(lead: str) -> float:
        return fitness(K.HOW_MUCH, "Borrowing | 441,101", Role.TABLE, is_list=False, lead=lead)

    assert of("Scheme | 2026-27 £000s") > of("Scheme | 2026-27 staff")


def test_roles_tell_what_can_answer() -> None:
    def of(kind: QuestionKind, role: Role) -> float:
        return fitness(kind, "Beds would stay open.", role, is_list=False)

    assert of(K.DECISION, Role.RESOLUTION) > of(K.DECISION, Role.COMMENT)
    assert of(K.ACTION, Role.ACTION) > of(K.ACTION, Role.REPORT)
    assert of(K.OPINION, Role.COMMENT) > of(K.OPINION, Role.RESOLUTION)
    assert fitness(K.LIST, "a\nb", Role.REPORT, is_list=True) > of(K.LIST, Role.REPORT)


def test_usual_short_forms_are_read_as_they_are_written() -> None:
    assert usual_in("What do the Lib Dems and the UK’s Met want?") == {
        "lib": {"liber"},
        "dem": {"democrat"},
        "met": {"metropolitan"},
        "uk": {"unit", "kingdom"},
    }
    assert usual_in("Who met the demographers in lib?") == {}
