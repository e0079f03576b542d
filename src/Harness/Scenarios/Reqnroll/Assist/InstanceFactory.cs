using System.Reflection;
using System.Runtime.CompilerServices;

namespace Reqnroll.Assist;

/// <summary>Makes one object from named cells: by default constructor and members, else by the constructor that takes them all.</summary>
internal sealed class InstanceFactory(Type type, InstanceCreationOptions? options)
{
    private readonly IReadOnlyList<TableMember> _members = TableMember.Of(type);

    /// <exception cref="MissingMethodException">No constructor fits.</exception>
    /// <exception cref="ColumnCouldNotBeBoundException">The options demand that each column is a member.</exception>
    public object Create(IReadOnlyList<KeyValuePair<string, string>> cells)
    {
        if (type.IsAssignableTo(typeof(ITuple)) && type.IsValueType) return CreateTuple(cells);
        if (type.IsValueType || type.GetConstructor(Type.EmptyTypes) is not null)
        {
            var instance = Activator.CreateInstance(type)!;
            Fill(instance, cells);
            return instance;
        }

        Verify(cells);
        return CreateByConstructor(cells);
    }

    public void Fill(object instance, IReadOnlyList<KeyValuePair<string, string>> cells)
    {
        Verify(cells);
        foreach (var (column, text) in cells)
        {
            foreach (var member in _members.Where(member => member.IsNamedBy(column) && member.Set is not null && CellValues.CanBecome(member.Type)))
                member.Set!(instance, CellValues.Convert(text, member.Type));
        }
    }

    private void Verify(IReadOnlyList<KeyValuePair<string, string>> cells)
    {
        if (options?.VerifyAllColumnsBound != true) return;
        var names = _members.Select(member => member.Name).ToHashSet();
        var unbound = cells.Select(cell => cell.Key).Where(column => !names.Contains(column)).ToArray();
        if (unbound.Length > 0) throw new ColumnCouldNotBeBoundException(unbound);
    }

    private object CreateByConstructor(IReadOnlyList<KeyValuePair<string, string>> cells)
    {
        var needed = cells.Select(cell => cell.Key).Where(column => _members.Any(member => member.IsNamedBy(column))).ToArray();
        var constructor = type.GetConstructors()
            .Where(one => needed.All(column => one.GetParameters().Any(parameter => TableMember.Matches(parameter.Name!, column))))
            .MinBy(one => one.GetParameters().Length)
            ?? throw new MissingMethodException($"{type.Name} has no constructor that takes all of: {string.Join(", ", needed)}");
        return constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. constructor.GetParameters().Select(ValueFor)], null);

        object? ValueFor(ParameterInfo parameter)
        {
            var index = cells.Index().FirstOrDefault(cell => TableMember.Matches(parameter.Name!, cell.Item.Key), (-1, default)).Index;
            if (index >= 0) return CellValues.Convert(cells[index].Value, parameter.ParameterType);
            if (options?.RequireTableToProvideAllConstructorParameters == true)
                throw new MissingMethodException($"The table has no column for '{parameter.Name}' of {type.Name}'s constructor.");
            if (parameter.HasDefaultValue) return parameter.DefaultValue;
            return parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
        }
    }

    private object CreateTuple(IReadOnlyList<KeyValuePair<string, string>> cells)
    {
        var types = type.GenericTypeArguments;
        if (types.Length > 7 || cells.Count != types.Length)
            throw new InvalidOperationException($"A tuple of {types.Length} values cannot be made from {cells.Count} cells; up to 7 are possible.");
        return Activator.CreateInstance(type, [.. types.Select((one, index) => CellValues.Convert(cells[index].Value, one))])!;
    }
}
