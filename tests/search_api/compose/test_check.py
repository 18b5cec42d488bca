"""What a quotation bears out and what it does not: faithful sentences stay, others go."""

from __future__ import annotations

import pytest

from search_api.compose.check import Fault, Quotation

CLINIC = "The new clinic in Fernby would open in spring 2018."
BUDGET = (
    "The Board agreed a budget of £40m in 2015/16, of which £4.5 million was for Ashby and £6m for "
    "Birch."
)
PERMITS = "Permits would cost £45 a year."
APPROVAL = "It was expected the STP would not be finally approved until late autumn."
NURSES = (
    "Members felt that the district nurse service was too fragmented and that there should be "
    "more work with GP surgeries."
)
CONDITION = "If the lease is signed, the ward will move to Ashby by 1 April 2019."
CONSULTATION = (
    "As part of this process the pre-consultation business case for the BCT was being refreshed. "
    "As a consequence, public consultation on BCT could not start until this business case had "
    "been approved."
)
REFUSED = "The Committee refused to support the closure of some beds at Birch Hospital."
CHAIR = "“We shall see,” said Councillor Mary Hill, who chaired the meeting of 3 May 2016."
DENIED = "“We will not accept this,” said Councillor Mary Hill."
BEDS = "Adult beds 40, child beds 60."
PARKING = (
    "Parking was discussed with residents. Charges were increased.\n"
    "a) old notices taken down\nb) new signs put up"
)
CLAUSES = (
    "Parking was discussed and charges were increased, but permits were sold; the clinic, which "
    "was built in haste, was full and the road noisy."
)
ASIDE = "The new clinic, which was built in haste, was full."
HEADS = "The review of the closure of the ward began in May."
STUDY = "The Board approved the cost of a study of the closure in May."
COMPOUND = "The Board approved the ward closure."
HYPHEN = "The pre-consultation started in May."
WRAPPED = (
    "The consultation on the closure of the ward, which the Committee asked\n"
    "for, would start in May 2016. It would cost approx. £4m."
)
QUESTION = "Would the hospital close in 2020?"

BORNE_OUT = [
    (CLINIC, "The Fernby clinic will open in spring 2018."),
    (CLINIC, "In spring 2018 the new clinic in Fernby would open."),
    (CLINIC, "The new clinic in Fernby would open in 2018."),
    (CLINIC, "The clinic in Fernby “would open in spring 2018”."),
    (BUDGET, "The Board agreed a budget of £40 million."),
    (BUDGET, "The Board agreed a budget of forty million pounds in 2015/16."),
    (PERMITS, "A permit would cost £45.00 a year."),
    (APPROVAL, "It was expected that the STP would not be approved until late autumn."),
    (NURSES, "Members felt that the district nurse service was too fragmented, and that there "
     "should be more work with the GP surgeries."),
    (CONDITION, "If the lease is signed, the ward will move to Ashby by 1 April 2019."),
    (CONDITION, "If the lease is signed, the ward will move to Ashby by April 2019."),
    (CONSULTATION, "The business case for the BCT was being refreshed."),
    (CONSULTATION, "Consultation on BCT could not start until the business case had been "
     "approved."),
    (REFUSED, "The Committee refused to support the closure of some beds at Birch Hospital."),
    (CHAIR, "“We shall see,” said Cllr Mary Hill."),
    (DENIED, '"We will not accept this," said Cllr Mary Hill.'),
    (BEDS, "Adult beds: 40."),
    (PARKING, "Charges were increased."),
    (PARKING, "New signs put up."),
    (WRAPPED, "The consultation on the closure of the ward, which the Committee asked for, would "
     "start in May 2016."),
    (ASIDE, "The clinic was full."),
    (HEADS, "The review began in May."),
    (STUDY, "The Board approved the cost of a study in May."),
    (WRAPPED, "It would cost about £4 million."),
]  # fmt: skip

NOT_BORNE_OUT = [
    (CLINIC, "The new clinic in Fernby would open in spring 2019.", Fault.DATE),
    (CLINIC, "The new clinic in Fernby would open by spring 2018.", Fault.DATE),
    (CLINIC, "The new clinic in Fernby would open in late spring 2018.", Fault.DATE),
    (CLINIC, "The new clinic in Oakham would open in spring 2018.", Fault.NAME),
    (CLINIC, "The new clinic in Fernby opened in spring 2018.", Fault.WORD),
    (CLINIC, "The new clinic in Fernby will not open in spring 2018.", Fault.DENIAL),
    (CLINIC, "The new clinic in Fernby would close in spring 2018.", Fault.WORD),
    (CLINIC, "The clinic in Fernby would be “open from spring 2018”.", Fault.QUOTED),
    (CLINIC, "The clinic in Fernby would “open in spring 2018.", Fault.QUOTED),
    (BUDGET, "The Board agreed a budget of £41m.", Fault.FIGURE),
    (BUDGET, "The Board agreed a budget of £40 billion.", Fault.FIGURE),
    (BUDGET, "The Board agreed a budget of more than £40m.", Fault.FIGURE),
    (BUDGET, "The Board agreed a budget of £40m in 2016/17.", Fault.DATE),
    (BUDGET, "The Board agreed £6m for Ashby.", Fault.ORDER),
    (BUDGET, "The Board agreed £4.5m for Birch.", Fault.ORDER),
    (BUDGET, "A budget of £40m was for Birch.", Fault.FORCE),
    (PERMITS, "Permits cost £45 a year.", Fault.FORCE),
    (PERMITS, "Permits would cost €45 a year.", Fault.FIGURE),
    (APPROVAL, "The STP would be finally approved in late autumn.", Fault.DATE),
    (APPROVAL, "The STP would not be approved until late autumn.", Fault.FORCE),
    (APPROVAL, "It was expected the STP would be finally approved.", Fault.DENIAL),
    (NURSES, "The district nurse service was too fragmented.", Fault.FORCE),
    (CONDITION, "The ward will move to Ashby by 1 April 2019.", Fault.FORCE),
    (CONDITION, "If the lease is signed, the ward will move from Ashby by 1 April 2019.",
     Fault.NAME),
    (CONSULTATION, "Public consultation on BCT could start.", Fault.DENIAL),
    (CONSULTATION, "The business case for the BCT had been approved.", Fault.WORD),
    (REFUSED, "The Committee support the closure of some beds at Birch Hospital.", Fault.FORCE),
    (REFUSED, "The Committee refused to support the closure of beds at Birch Hospital.",
     Fault.ORDER),
    (REFUSED, "The Committee refused to support the closure of some beds at Hospital.",
     Fault.ORDER),
    (CHAIR, "Councillor Mary Hill chaired the meeting of 3 May 2017.", Fault.DATE),
    (CHAIR, "Councillor Mary Hill chaired the meeting of 3 May 2016.", Fault.FORCE),
    (DENIED, "“We will accept this,” said Councillor Mary Hill.", Fault.QUOTED),
    (DENIED, "We will accept this, said Councillor Mary Hill.", Fault.DENIAL),
    (CHAIR, "Mary Smith chaired the meeting of 3 May 2016.", Fault.NAME),
    (BEDS, "There are 40 adult beds.", Fault.TIME),
    (BEDS, "60 adult beds.", Fault.ORDER),
    (BEDS, "Adult beds: 60.", Fault.ORDER),
    (BEDS, "Child beds: 40.", Fault.ORDER),
    (BEDS, "40 child beds.", Fault.ORDER),
    (PARKING, "Parking charges were increased.", Fault.WORD),
    (PARKING, "Parking was increased.", Fault.WORD),
    (PARKING, "Signs would be taken down.", Fault.WORD),
    (CLAUSES, "Parking was increased.", Fault.ORDER),
    (CLAUSES, "Parking was discussed and permits sold.", Fault.ORDER),
    (CLAUSES, "The clinic was noisy.", Fault.ORDER),
    (HEADS, "The closure of the ward began.", Fault.ORDER),
    (HEADS, "The ward began in May.", Fault.ORDER),
    (STUDY, "The Board approved the cost.", Fault.ORDER),
    (STUDY, "The Board approved the closure in May.", Fault.ORDER),
    (STUDY, "The Board approved a study in May.", Fault.ORDER),
    (COMPOUND, "The Board approved the ward.", Fault.ORDER),
    (HYPHEN, "The consultation started in May.", Fault.ORDER),
    (QUESTION, "The hospital would close in 2020.", Fault.FORCE),
    (CLINIC, "The new clinic in Fernby would open in spring 2018\u202e.", Fault.SIGNS),
    (CLINIC, "The new clinic in Fernby would open in spring 2018 <b>.", Fault.SIGNS),
    (CLINIC, "The new clinic in Fernby would open in spring 2018 \ud800.", Fault.SIGNS),
    (CLINIC, "It was so.", Fault.EMPTY),
]  # fmt: skip
_REFUSED = [(quote, said, fault) for quote, said, fault in NOT_BORNE_OUT if fault]


@pytest.mark.parametrize(("quote", "sentence"), BORNE_OUT)
def test_what_the_quotation_says_is_borne_out(quote: str, sentence: str) -> None:
    assert Quotation(quote).fault(sentence) is None


@pytest.mark.parametrize(("quote", "sentence", "fault"), _REFUSED)
def test_what_the_quotation_does_not_say_is_not(quote: str, sentence: str, fault: Fault) -> None:
    assert Quotation(quote).fault(sentence) is fault
