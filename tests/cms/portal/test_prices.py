"""What developers read of prices by use, and which plan includes what."""

from lxml import html
from sqlmodel import col, select

from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.auth.dependencies import Dependencies
from server.domain.plans.plans import ApplicationPlan
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def test_the_plans_page_tells_prices_and_what_a_plan_leaves_out(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme))
        hits = list_metrics(db, acme.sample.service.id)[0].id
        plan = db.exec(select(ApplicationPlan).order_by(col(ApplicationPlan.id).desc())).first()
        assert plan
        for values in ({"max": 1000, "cost_per_unit": "0.0125"}, {"min": 1001, "cost_per_unit": 2}):
            PRICING_RULES.create(work, {"metric_id": hits, **values}, plan.id)

    tree = html.fromstring(browser.page("/plans"))

    cards = [" ".join(card.text_content().split()) for card in tree.xpath("//article")]
    assert "Free" in cards[0]
    assert "Prices by use" not in cards[0]
    assert "by use" in cards[1]
    assert "Hits 1 to 1,000 in a month: $0.0125 each" in cards[1]
    assert "Hits from 1,001 on in a month: $2.00 each" in cards[1]
    rows = {
        " ".join(row.xpath("string(th)").split()): [
            " ".join(cell.text_content().split()) for cell in row.xpath("td")
        ]
        for row in tree.xpath("//table[@class='compare']/tbody/tr")
    }
    assert rows["Unlimited Greetings"] == ["✓yes", "✓yes"]
    assert rows["24/7 support"] == ["–no", "✓yes"]
    assert rows["Prices by use"][0] == "–no"
    german = browser.client.get("/plans", headers={"accept-language": "de"}).text
    assert "Hits ab 1.001 im Monat: je 2,00" in german
