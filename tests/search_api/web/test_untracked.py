"""A link that a mail program added to still opens the page that it was made of."""

from __future__ import annotations

from fastapi.testclient import TestClient

_ASKED = "q=When+does+BCT+consultation+start%3F&kind=minutes"


def test_what_was_added_to_count_clicks_is_dropped(client: TestClient) -> None:
    tracked = client.get(f"/answer?utm_source=teams&{_ASKED}&fbclid=x%3D1&utm_campaign")
    assert tracked.status_code == 200
    assert tracked.text == client.get(f"/answer?{_ASKED}").text
    assert client.get("/?gclid=1").status_code == 200


def test_what_is_not_known_is_still_refused(client: TestClient) -> None:
    assert client.get(f"/answer?{_ASKED}&colour=red").status_code == 422
    assert client.get(f"/v1/answer?{_ASKED}&utm_source=teams").status_code == 422
