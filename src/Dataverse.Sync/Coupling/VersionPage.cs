using System.Collections;

namespace Dataverse.Sync;

/// <summary>The ids and versions of couplings that are in memory, without a copy of them.</summary>
internal sealed class VersionPage(Coupling[] couplings) : IReadOnlyList<CouplingVersions>
{
    public int Count => couplings.Length;

    public CouplingVersions this[int index] => CouplingVersions.Of(couplings[index]);

    public IEnumerator<CouplingVersions> GetEnumerator()
    {
        foreach (var coupling in couplings)
        {
            yield return CouplingVersions.Of(coupling);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
