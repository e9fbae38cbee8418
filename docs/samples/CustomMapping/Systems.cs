using Dataverse.Sync;
using Dataverse.Sync.Testing;

namespace CustomMapping;

/// <summary>Two systems in memory. An application has the connectors of its clouds instead.</summary>
internal static class Systems
{
    public static InMemoryConnector BusinessCentral()
    {
        var system = new InMemoryConnector(new() { Flavor = InMemoryFlavor.BusinessCentral });
        _ = system.AddTable("customers", table => table.BusinessKey("number", firstNumber: "10000").Text("displayName"));
        var terms = system.AddTable("paymentTerms", table => table.BusinessKey("code").Text("displayName"));
        var projects = system.AddTable("projects", table => table
            .BusinessKey("number", firstNumber: "P001")
            .Text("description")
            .Code("customerNumber")
            .Reference("paymentTermsId", "paymentTerms")
            .Choice("status", FieldValue.Text("Planning"), FieldValue.Text("Open"), FieldValue.Text("Completed"))
            .Field("budget", FieldType.Decimal));

        var monthly = terms.Insert(("code", "30 DAYS")).Id;
        var cash = terms.Insert(("code", "CASH")).Id;
        var number = system["customers"].Insert(("displayName", "Adatum Corporation"))["number"].AsText();
        _ = projects.Insert(
            ("description", "New  warehouse "), ("customerNumber", number), ("paymentTermsId", monthly), ("status", "Open"),
            ("budget", 250_000m));
        _ = projects.Insert(
            ("description", "Shelves"), ("customerNumber", number), ("paymentTermsId", cash), ("status", "Completed"),
            ("budget", 900m));
        _ = projects.Insert(("description", "An idea"), ("customerNumber", number), ("status", "Planning"));
        return system;
    }

    public static InMemoryConnector Dataverse()
    {
        var system = new InMemoryConnector(new() { Flavor = InMemoryFlavor.Dataverse });
        _ = system.AddTable("account", table => table.Key("accountid").Text("accountnumber", 20).Text("name", 160));
        _ = system.AddTable("new_project", table => table
            .Key("new_projectid")
            .Text("new_number", 20)
            .Text("new_name")
            .Reference("new_accountid", "account")
            .Field(Choice("new_paymentterms", "Net 30", "Net 45"))
            .Field(Choice("new_stage", "Planned", "Running", "Done"))
            .Text("new_board"));
        return system;
    }

    private static FieldSchema Choice(string name, params IEnumerable<string> labels) => new()
    {
        Name = name,
        Type = FieldType.Choice,
        Options = [.. labels.Select((label, place) => new ChoiceOption(FieldValue.Integer(place + 1), label))],
    };
}
