using System.Globalization;
using System.Text;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>A call as a text, for the log and for the predicates of faults.</summary>
internal static class CallText
{
    public static string Of(OrganizationRequest request)
    {
        var text = new StringBuilder();
        Append(text, request);
        return text.ToString();
    }

    private static void Append(StringBuilder text, OrganizationRequest request)
    {
        _ = text.Append(request.RequestName);
        foreach (var (name, value) in request.Parameters)
        {
            _ = text.Append(' ').Append(name).Append('=');
            Append(text, value);
        }
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case Entity entity:
                _ = text.Append(CultureInfo.InvariantCulture, $"{entity.LogicalName}({entity.Id})");
                foreach (var (name, field) in entity.Attributes)
                {
                    _ = text.Append(' ').Append(name).Append('=');
                    Append(text, field);
                }

                break;
            case EntityReference reference:
                _ = text.Append(CultureInfo.InvariantCulture, $"{reference.LogicalName}({reference.Id})");
                break;
            case EntityCollection rows:
                AppendAll(text, rows.Entities);
                break;
            case OrganizationRequestCollection requests:
                foreach (var request in requests)
                {
                    _ = text.Append('\n');
                    Append(text, request);
                }

                break;
            case OptionSetValue option:
                _ = text.Append(option.Value);
                break;
            case Money money:
                _ = text.Append(CultureInfo.InvariantCulture, $"{money.Value}");
                break;
            default:
                _ = text.Append(System.Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void AppendAll(StringBuilder text, IEnumerable<Entity> rows)
    {
        foreach (var row in rows)
        {
            _ = text.Append('\n');
            Append(text, row);
        }
    }
}
