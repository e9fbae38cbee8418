using Dataverse.Sync;
using Dataverse.Sync.Testing;

namespace QuickStart;

/// <summary>Simulates people who edit records in both services between runs. Works with any data.</summary>
internal sealed class Colleagues(Clouds clouds, SyncEngine engine)
{
    private static readonly (string Mapping, int Count)[] Edited =
        [(StandardMappingNames.Customer, 3), (StandardMappingNames.Vendor, 2), (StandardMappingNames.Contact, 2)];

    private static readonly string[] Towns = ["Bath", "Durham", "Ely", "Lincoln", "Ripon", "Truro", "Wells"];

    private readonly Dictionary<string, IReadOnlyList<Pair>> known = [];

    /// <summary>Changes the telephone number in Business Central and the town in Dataverse of the same records.</summary>
    public async Task<IReadOnlyList<FieldEdit>> EditDifferentFieldsAsync(CancellationToken cancellationToken)
    {
        var edits = new List<FieldEdit>();
        foreach (var (mapping, count) in Edited)
        {
            foreach (var pair in (await PairsAsync(mapping, cancellationToken)).Take(count))
            {
                var number = edits.Count / 2;
                edits.Add(pair.Edit(SyncSide.Local, FieldPair.Phone, $"+44 1632 96090{number}"));
                edits.Add(pair.Edit(SyncSide.Integration, FieldPair.City, Towns[number]));
            }
        }

        return edits;
    }

    /// <summary>Changes one field of one record to different values in both services.</summary>
    public async Task<IReadOnlyList<FieldEdit>> EditSameFieldAsync(CancellationToken cancellationToken)
    {
        foreach (var (mapping, _) in Edited)
        {
            if (await PairsAsync(mapping, cancellationToken) is [var pair, ..])
            {
                return
                [
                    pair.Edit(SyncSide.Local, FieldPair.Phone, "+44 1632 960951"),
                    pair.Edit(SyncSide.Integration, FieldPair.Phone, "+44 1632 960952"),
                ];
            }
        }

        return [];
    }

    /// <summary>Deletes a contact in Dataverse. Returns null if no contact is coupled.</summary>
    public async Task<Pair?> DeleteContactAsync(CancellationToken cancellationToken)
    {
        if (await PairsAsync(StandardMappingNames.Contact, cancellationToken) is not [.., var pair])
        {
            return null;
        }

        pair.DeleteFromDataverse();
        return pair;
    }

    // In the order in which Business Central lists the records, so that every run has the same results.
    private async Task<IReadOnlyList<Pair>> PairsAsync(string name, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(name, out var pairs))
        {
            var mapping = engine.Mappings[name];
            var couplings = await engine.Couplings.ListAsync(name, cancellationToken).ToDictionaryAsync(coupling => coupling.LocalId, cancellationToken: cancellationToken);
            var ids = clouds.BusinessCentral.Table(mapping.LocalTable, clouds.Company.Id).Rows.Select(row => Guid.Parse(row["id"]!.ToString()));
            known[name] = pairs = [.. ids.Where(couplings.ContainsKey).Select(id => new Pair(clouds, mapping, couplings[id]))];
        }

        return pairs;
    }
}
