namespace Dataverse.Sync.Simulation;

/// <summary>I28: what administrators stored about a mapping holds for every engine until somebody stores something else.</summary>
internal static class SetupState
{
    /// <summary>Checks the mappings that a new engine uses.</summary>
    public static async Task CheckAsync(World world, Company company)
    {
        var expected = company.Setup;
        using var process = new SimulatedProcess(world, company);
        if (!company.Settings.IsTailored || expected.DamagedOn is not null || company.Identities.HasStranger
            || !await process.RunAsync(null, FaultScript.None, (engine, token) => engine.Overrides.RefreshAsync(token)))
        {
            return;
        }

        var customers = process.Engine.Mappings[Tables.Customer];
        var memo = customers.Fields.Single(field => field.LocalField == Tailoring.Memo);
        Require(memo.IsEnabled == expected.Memo is not null && (expected.Memo is null || memo.Direction == expected.Memo), "the direction of the memo");
        Require(expected.Conflicts is null || customers.UpdateConflictPolicy == expected.Conflicts, "the policy for conflicts");
        Require(customers.Fields.Single(field => field.LocalField == Tailoring.Terms).Options!.Pairs.Count == (expected.PairsOther ? 2 : 1), "the pairs of options");
        Require(customers.Templates.All(template => template.Values[Tailoring.Origin].AsText().EndsWith($" {expected.Edition}", StringComparison.Ordinal)), "the values of the templates");
        foreach (var mapping in new[] { Tables.Customer, Tables.Person })
        {
            Require(process.Engine.Mappings[mapping].IsEnabled != expected.Off.ContainsKey(mapping), $"whether {mapping} runs");
        }
    }

    /// <summary>Brings all mappings back into operation; the other changes remain.</summary>
    public static async Task PutInOperationAsync(World world, Company company)
    {
        await CheckAsync(world, company);
        if (company.Setup.DamagedOn is not null)
        {
            await new StoreOverride(SetupChange.Default, 0).PerformAsync(world, company);
        }

        foreach (var change in new[] { SetupChange.Customers, SetupChange.People })
        {
            await new StoreOverride(change, Choice: 1).PerformAsync(world, company);
        }

        await CheckAsync(world, company);
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvariantViolationException("I28", $"An engine does not know what was stored about {what}.");
        }
    }
}
