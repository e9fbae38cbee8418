using System.Globalization;

namespace Dataverse.Sync;

/// <summary>
/// Gives a salesperson that is created from a user the next free code, such as "SP NO. 00001", as Business Central
/// does.
/// </summary>
internal sealed class SalespersonCodeRule : ISyncRule
{
    private const string Table = "salespeoplePurchasers";
    private const string Prefix = "SP NO. ";

    public async ValueTask FieldsTransferredAsync(
        FieldsTransferredArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Target != SyncSide.Local || arguments.Kind != WriteKind.Insert || arguments.Writes("code"))
        {
            return;
        }

        var last = arguments.Run.Items.TryGetValue(this, out var known)
            ? (int)known
            : await FindLastAsync(arguments.Run.Local, cancellationToken).ConfigureAwait(false);
        arguments.Run.Items[this] = last + 1;
        arguments.Set("code", FieldValue.Text(Prefix + (last + 1).ToString("00000", CultureInfo.InvariantCulture)));
    }

    private static async Task<int> FindLastAsync(ITableConnector local, CancellationToken cancellationToken)
    {
        var query = new FieldQuery { Table = Table, Fields = ["code"], Field = "code" };
        var people = await local.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return people.Select(person => NumberOf(person["code"].ToString())).Append(0).Max();
    }

    private static int NumberOf(string code) =>
        code.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && int.TryParse(
            code.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
