using System.Globalization;
using System.Text;

namespace Dataverse.Sync.Simulation;

/// <summary>A story: what two systems are like, and what happens to them. The same history always ends the same way.</summary>
internal sealed record History(int Seed, WorldSettings Settings, IReadOnlyList<HistoryStep> Steps)
{
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"  {Settings}");
        for (var index = 0; index < Steps.Count; index++)
        {
            _ = text.AppendLine(CultureInfo.InvariantCulture, $"  {index + 1}. {(Settings.HasSecondCompany ? $"[company {Steps[index].Company}] " : "")}{Steps[index]}");
        }

        return text.ToString();
    }
}
